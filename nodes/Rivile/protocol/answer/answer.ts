import type { HttpAnswer } from '../../../shared/http';
import { checkRedirect, responseFault } from '../../../shared/responseFault';
import { TimeSlice } from '../../../shared/timeSlice';
import { tableOf, type Register } from '../catalogue';
import { checkKeyFor, isKeyStatus, KEY_REFUSED } from './advice';
import { ASK_OR_WAIT, readTree } from './document';
import { outageOf, type Outage } from './outage';
import { refusalIn } from './refusal';
import { decodeRow, isRow, type Row } from './rows';
import { isEmpty, isDeepEmpty, isList, isNode, type Tree, type TreeRecord } from './tree';
import { unexpected } from './unexpected';

/**
 * Reads the response to a method that lists rows: no, one or many rows, in the gateway's order, in JSON
 * or XML.
 *
 * @param numbersAsText leaves the number columns as the gateway wrote them
 * @throws Fault (service) when the gateway refused the request, in its own words; Fault (answer)
 * when the response did not come from the gateway
 */
export async function readRows(
	register: Register,
	answer: HttpAnswer,
	numbersAsText = false,
): Promise<Row[]> {
	checkRedirect(answer, 'Rivilė', 'Rivilė');
	const outage = outageOf(answer);
	const isKey = isKeyStatus(answer.status);
	const tree = await (isKey || outage !== undefined ? treeOrNone(answer) : readTree(answer));
	const refusal = refusalIn(register, tree, answer);
	if (refusal !== undefined) throw refusal;
	if (outage !== undefined) throw outageFault(answer, outage);
	if (isKey) {
		throw responseFault(answer, KEY_REFUSED, checkKeyFor(answer.status, register));
	}
	if (answer.status >= 400) {
		const how = answer.body.trim() === '' ? 'with an empty response' : 'without a reason';
		throw responseFault(answer, `Rivilė refused the request ${how}`, ASK_OR_WAIT);
	}
	if (!isOfRivile(register, tree)) {
		throw responseFault(answer, 'The response did not come from Rivilė', ASK_OR_WAIT);
	}
	return await decodeRows(register, rowsIn(register, tree, THE_RESPONSE), numbersAsText);
}

async function decodeRows(
	register: Register,
	rows: readonly TreeRecord[],
	numbersAsText: boolean,
): Promise<Row[]> {
	return await new TimeSlice().map(rows, (row) => decodeRow(register, row, numbersAsText));
}

function outageFault(answer: HttpAnswer, { message, description, cause }: Outage) {
	return responseFault(answer, message, description, true).with({ details: { cause } });
}

/** A key may be refused with a web page, and so may any request while the gateway is away. */
async function treeOrNone(answer: HttpAnswer): Promise<Tree> {
	try {
		return await readTree(answer);
	} catch {
		return '';
	}
}

/** What a response without rows may contain instead. */
const BESIDE = new Set(['id', 'durationms']);

/** What it may contain as well, if it is empty. */
const REFUSES = new Set(['errormessage', 'errors']);

const THE_RESPONSE = 'the response';

/** Whether it contains something that the gateway sends, or nothing at all. */
function isOfRivile(register: Register, tree: Tree): boolean {
	if (isEmpty(tree)) return true;
	if (isList(tree)) {
		return tree.some((element) => !isEmpty(element) && isOfRivile(register, element));
	}
	if (!isNode(tree)) return false;
	return (
		isRow(register, tree) ||
		saysNothing(tree) ||
		[...tree.keys()].some((name) => isAroundRows(register, name))
	);
}

/** Whether rows stand in a part of that name: the root, or the name of their table. */
function isAroundRows({ table }: Register, name: string): boolean {
	return ['RET_DOK', table].includes(name.toUpperCase());
}

/** Whether it is the name of a row's lines, or of a column of theirs. */
function isOfLines({ lines }: Register, name: string): boolean {
	return lines.some(({ table }) => table === name.toUpperCase() || table === tableOf(name));
}

/**
 * @param around the name of the part that the tree is
 * @throws Fault (answer) when a part that encloses rows contains something else
 */
function rowsIn(register: Register, tree: Tree, around: string): TreeRecord[] {
	if (isEmpty(tree)) return [];
	if (isList(tree)) return rowsInAll(register, tree, around);
	if (!isNode(tree)) throw unexpected(`There is a value instead of rows in ${around}`, tree);
	const inner = [...tree].filter(([name]) => isAroundRows(register, name));
	if (isRow(register, tree)) {
		const [within] = inner;
		if (within === undefined) return [tree];
		throw unexpected(`A row contains columns and ${within[0]}`, within[1]);
	}
	const stray = [...tree].find(([name]) => isOfLines(register, name));
	if (inner.length > 0 && stray !== undefined) {
		throw unexpected(`${stray[0]} is next to the rows instead of inside one`, stray[1]);
	}
	if (inner.length > 0) return inner.flatMap(([name, rows]) => rowsIn(register, rows, name));
	if (around.toUpperCase() !== register.table && saysNothing(tree)) return [];
	throw unexpected(`There are no columns of a row in ${around}`, tree);
}

function saysNothing(tree: TreeRecord): boolean {
	return [...tree].every(([name, value]) => isNoRow(name.toLowerCase(), value));
}

function isNoRow(name: string, value: Tree): boolean {
	return BESIDE.has(name) || (REFUSES.has(name) && isDeepEmpty(value));
}

/** An empty element among others is a lost row: a page without it would look like the last one. */
function rowsInAll(register: Register, list: readonly Tree[], around: string): TreeRecord[] {
	if (list.length > 1 && list.some(isEmpty)) throw unexpected(`A row in ${around} is empty`, list);
	return list.flatMap((element) => rowsIn(register, element, around));
}
