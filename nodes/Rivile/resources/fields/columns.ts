import type { INodePropertyOptions } from 'n8n-workflow';

import { filterColumns, valuesText, type Column, type Register } from '../../protocol/catalogue';
import { usefulColumns } from '../../protocol/readable/useful';

/** The columns of a register for lists of columns: the common ones first, the reserved ones last. */
export function columnOptions(register: Register): INodePropertyOptions[] {
	return inOrder(register).map((column) => {
		const { name, label } = column;
		const description = valuesText(column);
		return {
			name: label === name ? name : `${label} (${name})`,
			value: name,
			...(description !== undefined && { description }),
		};
	});
}

function inOrder(register: Register): readonly Column[] {
	const columns = filterColumns(register);
	const useful = usefulColumns(register) ?? [];
	const common = useful.flatMap((name) => columns.filter((column) => column.name === name));
	const others = columns
		.filter((column) => !common.includes(column))
		.sort((a, b) => a.label.localeCompare(b.label, 'en'));
	return [
		...common,
		...others.filter(({ reserved }) => !reserved),
		...others.filter(({ reserved }) => reserved),
	];
}
