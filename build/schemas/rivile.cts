/** What the operations of Rivilė give with their defaults, from the catalogue: useful columns, in words. */
import {
	columnIn,
	I04,
	N08,
	T03,
	type Column,
	type Register,
} from '../../nodes/Rivile/protocol/catalogue';
import { usefulColumns, usefulLineColumns } from '../../nodes/Rivile/protocol/readable/useful';
import {
	list,
	number,
	object,
	text,
	type JsonSchema,
	type NodeSchemas,
	type ObjectSchema,
} from './jsonSchema.cts';

/** Coded values come as words, and dates as text. */
const schemaOf = ({ type, values }: Column): JsonSchema =>
	type === 'N' && values === undefined ? number : text;

function columns(table: string, names: readonly string[] | undefined) {
	const described = (names ?? []).map((name) => columnIn(table, name));
	return Object.fromEntries(
		described
			.filter((column) => column !== undefined)
			.map((column) => [column.english, schemaOf(column)]),
	);
}

function row(register: Register): Record<string, JsonSchema> {
	return columns(register.table, usefulColumns(register));
}

function lines(register: Register): Record<string, JsonSchema> {
	return Object.fromEntries(
		register.lines.map(({ table, english }) => [
			english,
			list(object(columns(table, usefulLineColumns(table)))),
		]),
	);
}

const operation = object(row(I04));
const client = object(row(N08));

/** Which columns a register has is only known once one is chosen, so it has no schema. */
export const rivile: NodeSchemas = {
	operations: {
		cashOperation: {
			find: object({ score: number, matched: list(text), ...row(I04), ...lines(I04) }),
			get: operation,
			getMany: operation,
		},
		client: { get: client, getMany: client },
		debt: { getMany: object(row(T03)) },
	} satisfies Record<string, Record<string, ObjectSchema>>,
	trigger: operation,
};
