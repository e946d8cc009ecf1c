import { excerpt, Fault } from '../../../shared/fault';
import type { HttpAnswer } from '../../../shared/http';
import { unmarked } from '../../../shared/quote';
import type { Register } from '../catalogue';
import {
	adviceFor,
	checkKeyFor,
	isAboutKey,
	isKeyStatus,
	KEY_REFUSED,
	type Advice,
} from './advice';
import { outageWith } from './outage';
import { isRow } from './rows';
import { isEmpty, isDeepEmpty, isList, isNode, part, textOf } from './tree';
import type { Tree, TreeRecord } from './tree';

/** What the gateway said when it refused a request. */
interface Refusal {
	readonly words: string;
	readonly code?: string;
	/** The status in the document, which may differ from that of the response. */
	readonly status?: number;
	/** Whether it is the general document of a server that could not reach its service. */
	readonly general?: boolean;
}

/** How much of the gateway's words is shown. */
const MAX_WORDS = 500;

/** The longest code that is shown. */
const MAX_CODE = 40;

/**
 * Finds the gateway's refusal in a response, whatever its structure and HTTP status: `errorMessage` in
 * RET_DOK or alone, a `Map` document or its JSON, `errors` with one `error` or several, or only a text
 * with an error status.
 *
 * @returns the fault in the gateway's own words with what to do; undefined when it did not refuse
 */
export function refusalIn(register: Register, tree: Tree, answer: HttpAnswer): Fault | undefined {
	const refusal = find(register, tree) ?? ofText(tree, answer);
	return refusal && toFault(register, refusal, answer);
}

function find(register: Register, tree: Tree): Refusal | undefined {
	if (isList(tree)) {
		return tree.map((element) => find(register, element)).find((found) => found !== undefined);
	}
	if (!isNode(tree)) return undefined;
	// The details stand behind the general words, if there are any.
	const said = ['errorMessage', 'errors']
		.map((name) => part(tree, name) ?? '')
		.filter((words) => !isDeepEmpty(words));
	if (said.length > 0) {
		const code = codeIn(tree) ?? said.map(codeWithin).find((found) => found !== undefined);
		return { words: wordsOf(said), ...codeOf(code) };
	}
	const inner = part(tree, 'RET_DOK') ?? part(tree, 'Map');
	if (inner !== undefined) return find(register, inner);
	return ofServer(register, tree);
}

/** A response with an error status may contain only a text, with quotes or without. */
function ofText(tree: Tree, { status }: HttpAnswer): Refusal | undefined {
	if (status < 400 || isList(tree) || isNode(tree)) return undefined;
	const words = textOf(tree).trim();
	if (words === '' || words.length > MAX_WORDS || /<[!/]?[a-z]/i.test(words)) return undefined;
	return { words, general: true };
}

/** The texts in it, each once. */
function wordsOf(tree: Tree): string {
	return [...new Set(textsIn(tree))].join('; ');
}

/** Where a record has its words; all that is in it when it has none of these. */
const WORDS = [
	'dataErrors',
	'dataError',
	'message',
	'errorMessage',
	'text',
	'description',
	'error',
];

function textsIn(tree: Tree): string[] {
	if (isList(tree)) return tree.flatMap(textsIn);
	if (!isNode(tree)) return isEmpty(tree) ? [] : [textOf(tree).trim()];
	const places = WORDS.map((name) => part(tree, name) ?? '');
	for (const place of places) {
		const texts = textsIn(place);
		if (texts.length > 0) return texts;
	}
	// Searching the same parts twice at each level would take forever in deeply nested records.
	return [...tree].flatMap(([name, value]) =>
		CODES.test(name) || places.includes(value) ? [] : textsIn(value),
	);
}

/** The document of the gateway's framework: timestamp, status, error, message, path. */
function ofServer(register: Register, tree: TreeRecord): Refusal | undefined {
	const error = part(tree, 'error') ?? '';
	const message = part(tree, 'message') ?? '';
	const status = Number(textAt(tree, 'status'));
	const hasRows = part(tree, register.table) !== undefined || isRow(register, tree);
	if ((isDeepEmpty(error) && isDeepEmpty(message)) || hasRows) return undefined;
	const texts = [error, message].map(wordsOf).filter((text) => text !== '');
	const telling = texts.filter((text) => text !== 'No message available');
	return {
		words: [...new Set(telling.length === 0 ? texts : telling)].join(': '),
		...codeOf(codeIn(tree) ?? codeWithin(error)),
		...(Number.isInteger(status) && status > 0 && { status }),
		general: !isNode(error) && !isList(error),
	};
}

function textAt(tree: TreeRecord, name: string): string {
	const value = part(tree, name);
	if (value === undefined || isNode(value) || isList(value)) return '';
	return textOf(value).trim();
}

const CODES = /^(?:error)?code$/i;

function codeIn(tree: TreeRecord): string | undefined {
	return textAt(tree, 'code') || textAt(tree, 'errorCode') || undefined;
}

/** The first code at any depth. */
function codeWithin(said: Tree): string | undefined {
	const own = isNode(said) ? codeIn(said) : undefined;
	if (own !== undefined || !(isNode(said) || isList(said))) return own;
	return [...said.values()].map(codeWithin).find((code) => code !== undefined);
}

function codeOf(code: string | undefined) {
	return code === undefined ? {} : { code };
}

function toFault(register: Register, refusal: Refusal, answer: HttpAnswer): Fault {
	const words = excerpt(refusal.words, MAX_WORDS) || 'no reason was given';
	const status = answer.status >= 400 ? answer.status : (refusal.status ?? answer.status);
	const isKey = status !== 429 && (isKeyStatus(status) || isAboutKey(unmarked(words)));
	const advice: Advice = isKey
		? { description: checkKeyFor(status, register), transient: false, cause: 'credential-invalid' }
		: adviceFor(unmarked(words), status, refusal.general === true, register);
	// What the database behind the gateway says counts more than the status.
	const isOfServer = refusal.general === true || status === 429;
	const { message, description, cause } = (!isKey && isOfServer && outageWith(status)) || {
		...advice,
		message: isKey ? KEY_REFUSED : 'Rivilė refused the request',
	};
	const code = refusal.code === undefined ? undefined : excerpt(refusal.code, MAX_CODE);
	const marks = [
		...(code === undefined ? [] : [`code ${code}`]),
		`HTTP status ${answer.status}`,
	].join(', ');
	return new Fault('service', `${message}: ${words}`, `${description} (${marks})`, {
		...(code !== undefined && { code }),
		...(status >= 400 && { status }),
		...(answer.retryAfter !== undefined && { retryAfter: answer.retryAfter }),
		transient: advice.transient,
		cause,
	});
}
