import { Fault } from '../../../shared/fault';
import { simplifyField } from '../../../shared/fields';
import { checkCharacters, checkCode, shown, toText } from '../../../shared/values';
import { field, type Operation, type OperationContext } from '../../operation';
import { I04 } from '../../protocol/catalogue';
import type { Row } from '../../protocol/answer/rows';
import { rowKeyOf } from '../../protocol/paging/rowKey';
import { keyIn } from '../../protocol/sql/conditions';
import { getRow } from '../rows/getRow';
import { detailOf, oneItemPerLineOption, rowOptions } from '../rows/options';
import { detailField } from './detailField';

const KEY = 'I04_KODAS_CH';

/** How many digits an operation number has. */
const LENGTH = 12;

export const get: Operation = {
	effect: 'read',
	description: [
		{
			displayName: 'Operation Number',
			name: 'operationNumber',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 000000000151',
			description:
				'The number of the receipt or payment in Rivilė (I04_KODAS_CH). The zeros in front can be left out.',
		},
		detailField(),
		simplifyField(),
	],
	options: [...rowOptions, oneItemPerLineOption],
	async execute(context) {
		const wanted = numberOf(context);
		const isShort = /^\d+$/.test(wanted) && wanted.length < LENGTH;
		const numbers = isShort ? [wanted, wanted.padStart(LENGTH, '0')] : [wanted];
		return await getRow(context, {
			register: I04,
			detail: detailOf(context, I04),
			filter: keyIn(
				rowKeyOf(I04).columns,
				numbers.map((number) => [number]),
			),
			choose: (rows) => chosen(rows, numbers),
		});
	},
};

/** @throws Fault (input) when there is none, or it cannot be one */
function numberOf(context: OperationContext): string {
	const value = field(context, 'operationNumber');
	checkCode("'Operation Number'", value);
	const number = typeof value === 'object' ? '' : toText(value ?? '').trim();
	if (number === '') {
		throw new Fault(
			'input',
			"'Operation Number' is empty",
			'Fill in the field, or check the expression that fills it for this item.',
		);
	}
	checkCharacters("'Operation Number'", number);
	return number;
}

/** The row with the number as it was given before the one with zeros in front of it. */
function chosen(rows: readonly Row[], numbers: readonly string[]): Row {
	const found = numbers.flatMap((number) => rows.filter((row) => row[KEY] === number));
	const [row = rows[0]] = found;
	if (row !== undefined) return row;
	throw new Fault(
		'input',
		`There is no receipt or payment with the operation number ${shown(numbers[0])}`,
		"Check 'Operation Number'. It is the number of the operation in Rivilė, not the number of its document: to look for that, use Cash Operation → Find Payments.",
	);
}
