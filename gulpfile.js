const { spawn } = require('node:child_process');
const { mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const Module = require('node:module');
const path = require('node:path');

const { build } = require('esbuild');
const { series, src, dest } = require('gulp');

const { LICENCES_FILE, licencesText } = require('./build/licences.cjs');
const { n8n } = require('./package.json');

const OUT = 'dist';

/** The source of a file in dist, without its ending. */
const sourceOf = (output) => path.relative(OUT, output).replace(/\.js$/, '');

const entries = [...n8n.nodes, ...n8n.credentials].map(sourceOf);

const moduleOf = (file) => file.replace(/\.ts$/, '');

const settings = {
	bundle: true,
	format: 'cjs',
	platform: 'node',
	target: 'node20',
	minifySyntax: true,
	external: ['n8n-workflow'],
	legalComments: 'inline',
	logLevel: 'warning',
	metafile: true,
	// Paths stand in comments: they shall not tell where a linked node_modules lies.
	preserveSymlinks: true,
};

/**
 * The modules that more than one entry needs, by their folder in nodes/. Those of a folder are built
 * into one file: what lives as long as the process and the classes of errors must exist once, and the
 * package becomes smaller.
 */
async function commonModules() {
	const uses = new Map();
	for (const entry of entries) {
		const options = {
			...settings,
			entryPoints: [`${entry}.ts`],
			write: false,
			outfile: 'unused.js',
		};
		const { metafile } = await build(options);
		for (const file of Object.keys(metafile.inputs).filter((name) => name.startsWith('nodes/'))) {
			uses.set(moduleOf(file), (uses.get(moduleOf(file)) ?? 0) + 1);
		}
	}
	const shared = [...uses].filter(([, times]) => times > 1).map(([module]) => module);
	return Map.groupBy(shared.sort(), (module) => module.split('/').slice(0, 2).join('/'));
}

const COMMON = 'common.js';

/** Takes the common modules of other folders, or for an entry of all folders, from their files. */
const takeCommon = (common, folder, isEntry) => ({
	name: 'take-common',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^\./ }, ({ path: imported, resolveDir }) => {
			const file = path.relative(__dirname, path.resolve(resolveDir, imported));
			for (const [of, modules] of common) {
				const module = modules.find((name) => name === file || name === `${file}/index`);
				if (module !== undefined && (isEntry || of !== folder)) {
					return { path: module, namespace: 'common', pluginData: { of } };
				}
			}
			return undefined;
		});
		onLoad({ filter: /.*/, namespace: 'common' }, ({ path: module, pluginData }) => {
			const { of } = pluginData;
			const relative = path.relative(folder, `${of}/${COMMON}`);
			const from = JSON.stringify(relative.startsWith('.') ? relative : `./${relative}`);
			return { contents: `module.exports = require(${from})[${JSON.stringify(module)}];` };
		});
		onResolve({ filter: /\/common\.js$/, namespace: 'common' }, ({ path: file }) => {
			return { path: file, external: true };
		});
	},
});

/** Bundles one entry; what it needs beyond n8n-workflow and node:crypto is put into it. */
const bundle = async (entry, common) =>
	await build({
		...settings,
		entryPoints: [`${entry}.ts`],
		outfile: path.join(OUT, `${entry}.js`),
		plugins: [takeCommon(common, path.dirname(entry), true)],
	});

/** Builds the common modules of a folder into one file. */
const bundleCommon = async (folder, modules, common) =>
	await build({
		...settings,
		stdin: {
			contents: modules
				.map(
					(module) =>
						`export * as ${JSON.stringify(module)} from './${path.relative(folder, module)}';`,
				)
				.join('\n'),
			resolveDir: path.resolve(folder),
			sourcefile: `${folder}/common.ts`,
			loader: 'ts',
		},
		outfile: path.join(OUT, folder, COMMON),
		plugins: [takeCommon(common, folder, false)],
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

/** Where esbuild names our own files, in front of what came from them: 2 kB of the package. */
const OUR_PATHS = /^\s*\/\/ (?:common:)?(?:nodes|credentials)\/.*\n/gm;

async function leaveOutPaths(metafiles) {
	const files = metafiles.flatMap(({ outputs }) => Object.keys(outputs));
	for (const file of files) {
		await writeFile(file, (await readFile(file, 'utf8')).replace(OUR_PATHS, ''));
	}
}

async function bundles() {
	const common = await commonModules();
	const built = await Promise.all([
		...entries.map(async (entry) => await bundle(entry, common)),
		...[...common].map(async ([folder, modules]) => await bundleCommon(folder, modules, common)),
	]);
	const metafiles = built.map(({ metafile }) => metafile);
	await leaveOutPaths(metafiles);
	const text = licencesText(metafiles);
	await writeFile(path.join(OUT, LICENCES_FILE), text);
}

function icons() {
	return src('icons/*.svg').pipe(dest(path.join(OUT, 'icons')));
}

function codexFiles() {
	return src('nodes/*/*.node.json').pipe(dest(path.join(OUT, 'nodes')));
}

/** Files that let users drag fields before the first run, from the catalogues in nodes/. */
async function schemas() {
	const { outputFiles } = await build({
		entryPoints: ['build/schemas/index.cts'],
		bundle: true,
		write: false,
		format: 'cjs',
		platform: 'node',
		external: ['n8n-workflow'],
		logLevel: 'warning',
	});
	const made = new Module(path.join(__dirname, 'build/schemas/index.cjs'), module);
	made.paths = module.paths;
	made._compile(outputFiles[0].text, made.id);
	for (const [file, schema] of made.exports.schemaFiles()) {
		const target = path.join(OUT, 'nodes', file);
		await mkdir(path.dirname(target), { recursive: true });
		await writeFile(target, JSON.stringify(schema));
	}
}

exports.output = series(bundles, icons, codexFiles, schemas);
exports.build = series(clean, typecheck, exports.output);
exports.default = exports.build;
