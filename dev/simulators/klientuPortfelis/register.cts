/** The registers that add_object asks, and how codes look. */
import type { ObjectType } from '../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { ServiceError, type ErrorCode } from './errors.cts';

export interface RegisterEntry {
	readonly name: string;
	readonly address: string;
}

/** What a register says of a code: an entry, or the error that the service reports. */
export type Register = Map<string, RegisterEntry | ErrorCode>;

/** The codes that a fresh register knows as something special; any other code is found. */
export const LIQUIDATED = '40000000014';
export const REORGANISED = '40000000015';
export const NOT_FOUND = '40000000016';
export const ESTONIAN_NOT_FOUND = '90000016';
export const CADASTRE_NOT_FOUND = '90000000016';

export function sampleRegister(): Register {
	return new Map<string, RegisterEntry | ErrorCode>([
		['40000000001', { name: 'SIA "Paraugs"', address: 'Parauga iela 1, Rīga, LV-1001' }],
		[LIQUIDATED, 2014],
		[REORGANISED, 2015],
		[NOT_FOUND, 2016],
		[ESTONIAN_NOT_FOUND, 2016],
		[CADASTRE_NOT_FOUND, 2016],
	]);
}

/** Of the lists, persons, Estonian companies and properties are checked (add_object). */
export function isChecked(type: ObjectType): boolean {
	return !['ADDRESS', 'PLEDGE', 'KEYWORD'].includes(type);
}

export function lookUp(register: Register, code: string): RegisterEntry {
	const found = register.get(code.replace('-', '')) ?? {
		name: `SIA "Uzņēmums ${code}"`,
		address: `Reģistra iela ${code.slice(-3)}, Rīga, LV-1010`,
	};
	if (typeof found === 'number') throw new ServiceError(found);
	return found;
}

const digits = (count: number): RegExp => new RegExp(`^\\d{${count}}$`);

/** From add_object's table of parameters, apart from the catalogue's own patterns. */
const CODES: Readonly<Record<ObjectType, RegExp>> = {
	COMPANY: digits(11),
	AUTHORITY: digits(11),
	PERSON: /^\d{6}-?\d{5}$/,
	ADDRESS: /\S/,
	PLEDGE: /^.{1,20}$/su,
	KEYWORD: /^.{1,255}$/su,
	EST_COMPANY: digits(8),
	CAD_CADASTER: digits(11),
	CAD_PARCEL: digits(11),
	CAD_PARCEL_PART: digits(15),
	CAD_BUILD: digits(14),
	CAD_PREMISE_GROUP: digits(17),
};

export function checkCode(type: ObjectType, code: string): void {
	if (!CODES[type].test(code)) throw new ServiceError(2020, `Parametra code vērtība nav korekta`);
}

/** The nine-digit number of a company or an authority; of anything else its own code. */
export function virtualId(type: ObjectType, code: string): string {
	return type === 'COMPANY' || type === 'AUTHORITY' ? code.slice(2) : code;
}
