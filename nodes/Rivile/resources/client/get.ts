import type { INodeProperties } from 'n8n-workflow';

import { Fault } from '../../../shared/fault';
import { simplifyField } from '../../../shared/fields';
import { isRecord } from '../../../shared/guards';
import { checkCode, shown, toText } from '../../../shared/values';
import { field, type Operation, type OperationContext } from '../../operation';
import { N08 } from '../../protocol/catalogue';
import type { Row } from '../../protocol/answer/rows';
import { buildSimple } from '../../protocol/sql/filter';
import { getRow } from '../rows/getRow';
import { detailOf, oneItemPerLineOption, rowOptions, unknownChoice } from '../rows/options';
import { companyCodeForms, vatCodeForms } from './codes';
import { detailField } from './detailField';

const clientField: INodeProperties = {
	displayName: 'Client',
	name: 'client',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The client to get',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a client…',
			typeOptions: { searchListMethod: 'searchClients', searchable: true },
		},
		{ displayName: 'By Code', name: 'code', type: 'string', placeholder: 'e.g. PVZ001' },
		{
			displayName: 'By Company Code',
			name: 'companyCode',
			type: 'string',
			placeholder: 'e.g. 110065392',
		},
		{
			displayName: 'By VAT Code',
			name: 'vatCode',
			type: 'string',
			placeholder: 'e.g. LT100653920',
		},
	],
};

/** How a client is looked up. */
interface Way {
	readonly column: string;
	/** What the code is called in messages. */
	readonly code: string;
	readonly forms: (value: unknown) => unknown[];
}

const BY_CODE: Way = { column: 'N08_KODAS_KS', code: 'code', forms: (value) => [value] };

const WAYS = new Map<string, Way>(
	Object.entries({
		list: BY_CODE,
		code: BY_CODE,
		companyCode: { column: 'N08_IM_KODAS', code: 'company code', forms: companyCodeForms },
		vatCode: { column: 'N08_PVM_KODAS', code: 'VAT code', forms: vatCodeForms },
	}),
);

export const get: Operation = {
	effect: 'read',
	description: [clientField, detailField(), simplifyField()],
	options: [...rowOptions, oneItemPerLineOption],
	async execute(context) {
		const { way, value } = wantedIn(context);
		const condition = {
			label: 'Client',
			column: way.column,
			operator: 'in' as const,
			value: way.forms(value),
		};
		return await getRow(context, {
			register: N08,
			detail: detailOf(context, N08),
			filter: buildSimple(N08, [condition], context.connection.timezone) ?? '',
			choose: (rows) => single(rows, way, value),
		});
	},
};

/** The field Client. A text from an expression is a code. */
function wantedIn(context: OperationContext): { way: Way; value: unknown } {
	const client = field(context, 'client');
	const { mode = 'code', value } = isRecord(client) ? client : { value: client };
	const way = WAYS.get(toText(mode));
	if (way === undefined) {
		throw unknownChoice(
			'Client',
			mode,
			'From List, By Code, By Company Code or By VAT Code',
			'the mode list, code, companyCode or vatCode',
		);
	}
	checkCode("'Client'", value);
	return { way, value };
}

/** @throws Fault (input) when there is none, or more than one */
function single(rows: readonly Row[], { code }: Way, value: unknown): Row {
	const [row, ...others] = rows;
	if (row === undefined) {
		throw new Fault(
			'input',
			`There is no client with the ${code} ${shown(value)}`,
			"Check 'Client', or choose one from the list.",
		);
	}
	if (others.length === 0) return row;
	const names = rows
		.slice(0, 5)
		.map(({ N08_KODAS_KS, N08_PAV }) => `${shown(N08_KODAS_KS)} (${shown(N08_PAV)})`);
	const more = rows.length > names.length ? ` and ${rows.length - names.length} more` : '';
	throw new Fault(
		'input',
		`${rows.length} clients have the ${code} ${shown(value)}`,
		`Set 'Client' to By Code, and use the code of one of them: ${names.join(', ')}${more}. To get all of them, use Client → Get Many.`,
	);
}
