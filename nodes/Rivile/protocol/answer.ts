import { excerpt } from '../../shared/errors';
import type { HttpAnswer } from '../../shared/http';
import { Stretches } from '../../shared/stretches';
import { CHECK_KEY, isKeyStatus, KEY_REFUSED } from './advice';
import { answerFault, readTree } from './document';
import { refusalIn } from './refusal';
import { decodeRow, type Row } from './rows';
import { isEmpty, isHollow, isList, isRecord, part, type Tree, type TreeRecord } from './tree';

/**
 * Reads the answer to GET_I04_LIST: the rows in the gateway's order, in JSON or XML, whether there
 * are none, one or many of them.
 *
 * @param numbersAsText leaves the number columns as the gateway wrote them
 * @throws Fault (service) when the gateway refused the request, in its own words; Fault (answer)
 * when the answer is not one of the gateway's
 */
export async function readRows(answer: HttpAnswer, numbersAsText = false): Promise<Row[]> {
	if (answer.status >= 300 && answer.status < 400) throw redirected(answer);
	const isKey = isKeyStatus(answer.status);
	const tree = await (isKey ? treeOrNone(answer) : readTree(answer));
	const refusal = refusalIn(tree, answer);
	if (refusal !== undefined) throw refusal;
	if (isKey) throw answerFault(answer, KEY_REFUSED, CHECK_KEY);
	if (answer.status >= 400) {
		const what = answer.body.trim() === '' ? 'an empty answer' : 'no reason';
		throw answerFault(answer, `Rivilė refused the request and gave ${what}`);
	}
	const rows = rowsIn(tree);
	if (rows === undefined) throw answerFault(answer, 'The answer is not one of Rivilė');
	return await decodeRows(rows, numbersAsText);
}

/** Rows that are decoded in one go: some milliseconds. */
const SLICE = 100;

async function decodeRows(rows: readonly TreeRecord[], numbersAsText: boolean): Promise<Row[]> {
	const decoded: Row[] = [];
	const stretches = new Stretches();
	for (const row of rows) {
		decoded.push(decodeRow(row, numbersAsText));
		if (decoded.length % SLICE === 0) await stretches.breathe();
	}
	return decoded;
}

/** A key may be refused with a page for people. */
async function treeOrNone(answer: HttpAnswer): Promise<Tree> {
	try {
		return await readTree(answer);
	} catch {
		return '';
	}
}

function redirected(answer: HttpAnswer) {
	return answerFault(
		answer,
		'Rivilė sent the request on to another address',
		`The API key is not sent on by itself. If Rivilė confirms the address, put it into the credential's Endpoint field: ${excerpt(answer.location ?? 'none was named')}.`,
	);
}

/** What may stand in the place of the rows when there are none. */
const BESIDE = new Set(['id', 'durationms']);

/** What may stand there when it says nothing. */
const REFUSES = new Set(['errormessage', 'errors']);

/** undefined when there is something else than rows in it. */
function rowsIn(tree: Tree): TreeRecord[] | undefined {
	if (isEmpty(tree)) return [];
	if (isList(tree)) return rowsInAll(tree);
	if (!isRecord(tree)) return undefined;
	const inner = part(tree, 'RET_DOK') ?? part(tree, 'I04');
	if (inner !== undefined) return rowsIn(inner);
	if ([...tree.keys()].some((name) => /^I04_/i.test(name))) return [tree];
	return [...tree].every(([name, value]) => isNoRow(name.toLowerCase(), value)) ? [] : undefined;
}

function isNoRow(name: string, value: Tree): boolean {
	return BESIDE.has(name) || (REFUSES.has(name) && isHollow(value));
}

/** An empty element among others is a row that got lost: a page would look like the last one. */
function rowsInAll(list: readonly Tree[]): TreeRecord[] | undefined {
	if (list.length > 1 && list.some(isEmpty)) return undefined;
	const parts = list.map(rowsIn);
	if (parts.some((rows) => rows === undefined)) return undefined;
	return parts.flatMap((rows) => rows ?? []);
}
