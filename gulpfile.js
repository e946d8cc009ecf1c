const { spawn } = require('node:child_process');
const { readdirSync } = require('node:fs');
const { rm, writeFile } = require('node:fs/promises');
const path = require('node:path');

const { build } = require('esbuild');
const { series, src, dest } = require('gulp');

const { LICENCES_FILE, licencesText } = require('./build/licences.cjs');
const { n8n } = require('./package.json');

const OUT = 'dist';

/**
 * Modules that are built as files of their own and required by the bundles: what lives as long as
 * the process, and the classes of errors that pass from one bundle to another, must exist once. The
 * catalogue of registers and what reads them are large, and both of Rivilė's nodes need them.
 */
const SHARED = [
	'nodes/KlientuPortfelis/protocol/memory',
	'nodes/Rivile/protocol/call',
	'nodes/Rivile/protocol/catalogue/index',
	'nodes/Rivile/protocol/memory',
	...readdirSync('nodes/shared').map((file) => `nodes/shared/${path.basename(file, '.ts')}`),
];

/** The source of a file in dist, without its ending. */
const sourceOf = (output) => path.relative(OUT, output).replace(/\.js$/, '');

const entries = [...n8n.nodes, ...n8n.credentials].map(sourceOf);

/** Leaves the shared modules out of a bundle. */
const leaveOutShared = (entry) => ({
	name: 'leave-out-shared',
	setup({ onResolve }) {
		onResolve({ filter: /^\./ }, ({ path: imported, resolveDir }) => {
			const found = path.relative(__dirname, path.resolve(resolveDir, imported));
			const module = [found, `${found}/index`].find((candidate) => SHARED.includes(candidate));
			if (module === undefined || module === entry) return undefined;
			const relative = path.relative(path.dirname(entry), module);
			return { path: `${relative.startsWith('.') ? '' : './'}${relative}.js`, external: true };
		});
	},
});

/** Bundles one entry; what it needs beyond n8n-workflow and node:crypto is put into it. */
const bundle = (entry) =>
	build({
		entryPoints: [`${entry}.ts`],
		outfile: path.join(OUT, `${entry}.js`),
		bundle: true,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		external: ['n8n-workflow'],
		legalComments: 'inline',
		logLevel: 'warning',
		metafile: true,
		// Paths stand in comments: they shall not tell where a linked node_modules lies.
		preserveSymlinks: true,
		plugins: [leaveOutShared(entry)],
	});

async function clean() {
	await rm(OUT, { recursive: true, force: true });
}

function typecheck(done) {
	const tsc = require.resolve('typescript/bin/tsc');
	spawn(process.execPath, [tsc, '--noEmit'], { stdio: 'inherit' }).on('exit', (code) =>
		done(code === 0 ? undefined : new Error('The type check found mistakes, see above.')),
	);
}

async function bundles() {
	const built = await Promise.all([...entries, ...SHARED].map(bundle));
	const text = licencesText(built.map(({ metafile }) => metafile));
	await writeFile(path.join(OUT, LICENCES_FILE), text);
}

function icons() {
	return src('icons/*.svg').pipe(dest(path.join(OUT, 'icons')));
}

function codexFiles() {
	return src('nodes/*/*.node.json').pipe(dest(path.join(OUT, 'nodes')));
}

exports.output = series(bundles, icons, codexFiles);
exports.build = series(clean, typecheck, exports.output);
exports.default = exports.build;
