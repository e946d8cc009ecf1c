/** The licences of the packages whose code went into the bundles, as a file of the package. */
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const LICENCES_FILE = 'THIRD-PARTY-LICENSES.txt';

/** Licences that let code be bundled as long as their text comes along. */
const PERMISSIVE = [
	'0BSD',
	'Apache-2.0',
	'BlueOak-1.0.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'ISC',
	'MIT',
];

const LICENCE_FILE = /^(licen[cs]e|copying|notice)\b/i;

/** Texts for packages that ship none, as NAME-VERSION.txt: a new version calls for a new look. */
const KEPT_TEXTS = path.join(__dirname, 'licences');

const RULE = '='.repeat(80);

/** Where a package's files lie, from the path of one of them; undefined for our own. */
const folderOf = (input) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];

/** The folders of the packages that have code in the bundles. */
function bundledFolders(metafiles) {
	const inputs = metafiles
		.flatMap(({ outputs }) => Object.values(outputs))
		.flatMap(({ inputs }) => Object.entries(inputs))
		.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
		.map(([input]) => folderOf(input));
	return [...new Set(inputs)].filter((folder) => folder !== undefined);
}

function licenceOf(folder, keptTexts) {
	const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
	const { name, version, license } = manifest;
	if (!PERMISSIVE.includes(license)) {
		throw new Error(
			`${name} ${version} is bundled, and its licence is not among the known ones: ${JSON.stringify(license)}. Do without the package, or add the licence to build/licences.cjs if it allows bundling.`,
		);
	}
	const shipped = readdirSync(folder)
		.filter((file) => LICENCE_FILE.test(file))
		.sort()
		.map((file) => path.join(folder, file));
	const kept = path.join(keptTexts, `${name.replace('/', '-')}-${version}.txt`);
	const files = shipped.length > 0 || !existsSync(kept) ? shipped : [kept];
	if (files.length === 0) {
		throw new Error(
			`${name} ${version} is bundled, but ships no text of its licence. Put the text from its repository into build/licences/${path.basename(kept)}.`,
		);
	}
	const texts = files.map((file) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim());
	return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}

/**
 * The text of the file: each package with name, version, licence and the licence's full text.
 *
 * @param metafiles what esbuild says about each bundle
 * @param keptTexts the folder with the texts for packages that ship none
 * @throws Error for a package whose licence is not known or whose text is missing
 */
function licencesText(metafiles, keptTexts = KEPT_TEXTS) {
	const licences = bundledFolders(metafiles).map((folder) => licenceOf(folder, keptTexts));
	const head =
		licences.length === 0
			? 'This package contains no code of other packages.'
			: 'This package contains code of the packages below, each under its own licence.';
	return `${[head, ...licences.sort()].join(`\n\n${RULE}\n`)}\n`;
}

/** The packages in such a text, as "name version". */
function packagesIn(text) {
	return text
		.split(`${RULE}\n`)
		.slice(1)
		.map((part) => part.slice(0, part.indexOf(' (')));
}

module.exports = { LICENCES_FILE, licencesText, packagesIn };
