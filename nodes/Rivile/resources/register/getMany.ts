import type { INodeProperties } from 'n8n-workflow';

import { Fault } from '../../../shared/fault';
import { returnAllFields, simplifyField } from '../../../shared/fields';
import { shown } from '../../../shared/values';
import { field, simplifies, type Operation, type OperationContext } from '../../operation';
import { filterColumns, REGISTERS, registerOf, type Register } from '../../protocol/catalogue';
import { operatorAndValue } from '../fields/conditions';
import { filterFields, readFilter } from '../fields/filter';
import { getRows } from '../rows/getRows';
import { detailOf, listOptions, oneItemPerLineOption, rowOptions } from '../rows/options';

const registerField: INodeProperties = {
	displayName: 'Register',
	name: 'register',
	type: 'options',
	options: REGISTERS.map(({ label, method, note }) => ({
		name: `${label} (${method})`,
		value: method,
		...(note !== undefined && { description: note }),
	})).sort((a, b) => a.name.localeCompare(b.name, 'en')),
	default: 'GET_I06_LIST',
	description: 'The register to read. Rivilė allows each API key to use certain registers only.',
};

/** The columns of the register that is selected. */
const columnsOfRegister = {
	loadOptionsMethod: 'getRegisterColumns',
	loadOptionsDependsOn: ['register'],
};

/** One field for each pair of choices that registers have. */
function detailFields(): INodeProperties[] {
	const pairs = new Map<string, Register[]>();
	for (const register of REGISTERS) {
		if (register.details === undefined) continue;
		const { H, A } = register.details;
		const key = JSON.stringify([H.label, A.label]);
		pairs.set(key, [...(pairs.get(key) ?? []), register]);
	}
	return [...pairs.values()].map((registers): INodeProperties => {
		const { H, A } = registers[0]?.details ?? { H: { label: '' }, A: { label: '' } };
		return {
			displayName: 'Detail',
			name: 'detail',
			type: 'options',
			options: [
				{ name: H.label, value: 'H' },
				{ name: A.label, value: 'A' },
			],
			default: 'H',
			description: 'How much to get of each row',
			displayOptions: { show: { register: registers.map(({ method }) => method) } },
		};
	});
}

export const getMany: Operation = {
	effect: 'read',
	description: [
		registerField,
		...detailFields(),
		...returnAllFields(),
		{ ...simplifyField(), default: false },
		...filterFields({
			rows: 'rows',
			condition: [
				{
					displayName: 'Field Name or ID',
					name: 'field',
					type: 'options',
					typeOptions: columnsOfRegister,
					default: '',
					description:
						'The column to compare. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				...operatorAndValue(REGISTERS.flatMap(filterColumns)),
			],
			example: "I06_OP_DATA >= '2026-01-01' AND I06_SUMA > 100",
		}),
	],
	options: [
		...rowOptions,
		...listOptions({ typeOptions: columnsOfRegister }),
		oneItemPerLineOption,
	],
	async execute(context) {
		const register = chosen(context);
		return await getRows(context, {
			register,
			detail: detailOf(context, register),
			simplify: simplifies(context),
			filter: readFilter(context, register, context.connection.timezone),
		});
	},
};

function chosen(context: OperationContext): Register {
	const method = field(context, 'register');
	const register = registerOf(method);
	if (register !== undefined) return register;
	throw new Fault(
		'input',
		`'Register' does not exist: ${shown(method)}`,
		"Choose one from the list. In an expression, use the name of Rivilė's method, for example GET_I06_LIST.",
	);
}
