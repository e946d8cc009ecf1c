import tseslint from 'typescript-eslint';

// What runs only in development: n8n's own config, which may not be changed, reads *.ts alone.
export default tseslint.config(
	{ ignores: ['dist', 'node_modules', 'coverage', 'mutate/reports', 'mutate/sandbox', '**/*.ts'] },
	{
		files: ['**/*.{cts,mts,js,mjs,cjs}'],
		extends: [tseslint.configs.recommended],
		linterOptions: { reportUnusedDisableDirectives: 'error' },
	},
	{
		files: ['**/*.{js,cjs}'],
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
);
