import { excerpt, Fault } from '../../shared/errors';
import type { HttpAnswer } from '../../shared/http';
import { isList, isRecord, listOf, textOf } from './rows';
import { isTransientStatus, type Tree } from './tree';

/** What the gateway said when it refused a request. */
interface Refusal {
	readonly words: string;
	readonly code?: string;
	/** The status in the document, which may differ from that of the answer. */
	readonly status?: number;
	/** Whether it is the general document of a server that could not reach its service. */
	readonly general?: boolean;
}

/** The longest words of the gateway that are shown. */
const MAX_WORDS = 500;

/**
 * Finds the gateway's refusal in an answer, whatever its shape and HTTP status: `errorMessage` in
 * RET_DOK or by itself, a `Map` document or its JSON, `errors` with one `error` or several.
 *
 * @returns the fault in the gateway's own words with what to do; undefined when it refused nothing
 */
export function refusalIn(tree: Tree, answer: HttpAnswer): Fault | undefined {
	const refusal = find(tree);
	return refusal && toFault(refusal, answer);
}

function find(tree: Tree): Refusal | undefined {
	if (isList(tree)) return tree.map(find).find((refusal) => refusal !== undefined);
	if (!isRecord(tree)) return undefined;
	const words = textAt(tree, 'errorMessage');
	if (words !== '') return { words, ...codeOf(tree) };
	const errors = part(tree, 'errors');
	const listed = errors === undefined ? undefined : ofErrors(errors);
	if (listed !== undefined) return listed;
	const inner = part(tree, 'RET_DOK') ?? part(tree, 'Map');
	if (inner !== undefined) return find(inner);
	return ofServer(tree);
}

/** `{"errors":{"error":[…]}}`, its elements objects or texts, one or many. */
function ofErrors(errors: Tree): Refusal | undefined {
	const inner = (isRecord(errors) ? part(errors, 'error') : undefined) ?? errors;
	const found = listOf(inner).map((error): Refusal => {
		if (isRecord(error)) return { words: wordsOf(error), ...codeOf(error) };
		return { words: isList(error) ? '' : textOf(error).trim() };
	});
	const [first] = found;
	if (first === undefined) return undefined;
	const words = found.map((error) => error.words).filter((text) => text !== '');
	return { words: [...new Set(words)].join('; '), ...(first.code && { code: first.code }) };
}

function wordsOf(error: ReadonlyMap<string, Tree>): string {
	for (const name of ['message', 'errorMessage', 'text', 'description', 'error']) {
		const words = textAt(error, name);
		if (words !== '') return words;
	}
	return '';
}

/** The document of the gateway's framework: timestamp, status, error, message, path. */
function ofServer(tree: ReadonlyMap<string, Tree>): Refusal | undefined {
	const error = textAt(tree, 'error');
	const message = textAt(tree, 'message');
	const status = Number(textAt(tree, 'status'));
	const hasRows =
		part(tree, 'I04') !== undefined || [...tree.keys()].some((key) => /^I04_/.test(key));
	if ((error === '' && message === '') || hasRows) return undefined;
	const words = [error, message === 'No message available' ? '' : message];
	return {
		words: [...new Set(words.filter((text) => text !== ''))].join(': ') || message,
		...(Number.isInteger(status) && status > 0 && { status }),
		general: true,
	};
}

/** A part by its name; gateways differ in upper and lower case. */
function part(tree: ReadonlyMap<string, Tree>, wanted: string): Tree | undefined {
	for (const [name, value] of tree) {
		if (name.toLowerCase() === wanted.toLowerCase()) return value;
	}
	return undefined;
}

function textAt(tree: ReadonlyMap<string, Tree>, name: string): string {
	const value = part(tree, name);
	if (value === undefined || isRecord(value) || isList(value)) return '';
	return textOf(value).trim();
}

function codeOf(tree: ReadonlyMap<string, Tree>) {
	const code = textAt(tree, 'code') || textAt(tree, 'errorCode');
	return code === '' ? {} : { code };
}

function toFault(refusal: Refusal, answer: HttpAnswer): Fault {
	const words = excerpt(refusal.words, MAX_WORDS) || 'no reason was given';
	const status = answer.status >= 400 ? answer.status : refusal.status;
	const isKey = isKeyStatus(status) || /\bapi[\s_-]*(?:key|rakt)/i.test(words);
	const { code } = refusal;
	const marks = [
		...(code === undefined ? [] : [`code ${code}`]),
		`HTTP status ${answer.status}`,
	].join(', ');
	return new Fault(
		'service',
		isKey ? `${KEY_REFUSED}: ${words}` : `Rivilė refused the request: ${words}`,
		`${isKey ? CHECK_KEY : adviceFor(words, refusal.general === true)} (${marks})`,
		{
			...(code !== undefined && { code }),
			...(status !== undefined && status >= 400 && { status }),
			...(answer.retryAfter !== undefined && { retryAfter: answer.retryAfter }),
			transient: !isKey && isTransient(answer.status, refusal.general === true),
		},
	);
}

/**
 * A bad column or condition comes with 500 from some gateways and is no better a moment later; too
 * many requests, and a server that is starting, are.
 */
function isTransient(status: number, general: boolean): boolean {
	return isTransientStatus(status) && (status !== 500 || general);
}

/** The statuses with which a key is refused. */
export function isKeyStatus(status: number | undefined): boolean {
	return status === 401 || status === 403;
}

export const KEY_REFUSED = 'Rivilė did not accept the API key';

export const CHECK_KEY =
	'Check the API key in the credential: it may be mistyped or no longer valid. The same answer comes when the Endpoint is wrong.';

/** What to do about the gateway's words. */
const ADVICE: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/invalid column name|multi-part identifier|could not be bound/i,
		'Correct the name in SQL Condition: only columns of the table I04 can be used. Filter: By Fields lists them all.',
	],
	[
		/incorrect syntax|unclosed quotation|syntax error|unexpected token/i,
		'Correct SQL Condition. It is what stands after WHERE in Transact-SQL, without that word; Filter: By Fields writes it for you.',
	],
	[
		/conversion failed|converting|overflow|out-of-range/i,
		'A value in SQL Condition does not fit the type of its column. Write texts in quotes, dates as 20260131, and numbers with a decimal point.',
	],
	[/too many|rate limit|limit exceeded/i, 'Wait a little, and let fewer workflows run at once.'],
];

function adviceFor(words: string, general: boolean): string {
	for (const [pattern, advice] of ADVICE) if (pattern.test(words)) return advice;
	return general
		? "Try again later. If it stays, check the Endpoint in the credential, or ask Rivilė's support."
		: "Check the filter and the options of the node; if they are right, ask Rivilė's support.";
}
