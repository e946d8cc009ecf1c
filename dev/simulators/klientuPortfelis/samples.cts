/** Invented sample data: names, codes, services and events. No real person or company is meant. */
import type { ObjectType } from '../../../nodes/KlientuPortfelis/protocol/catalogue/functions';

export type ListType = 'PERSONS' | 'PLEDGES' | 'ADDRESS' | 'KEYWORDS' | 'ESTONIAS' | 'CADASTERS';

/** The kinds of objects that a list takes; the first is what samples are made of. */
export const OBJECTS_OF_LIST: Readonly<Record<ListType, readonly [ObjectType, ...ObjectType[]]>> = {
	PERSONS: ['COMPANY', 'PERSON', 'AUTHORITY'],
	PLEDGES: ['PLEDGE'],
	ADDRESS: ['ADDRESS'],
	KEYWORDS: ['KEYWORD'],
	ESTONIAS: ['EST_COMPANY'],
	CADASTERS: ['CAD_CADASTER', 'CAD_BUILD', 'CAD_PARCEL', 'CAD_PARCEL_PART', 'CAD_PREMISE_GROUP'],
};

export function isListType(type: unknown): type is ListType {
	return typeof type === 'string' && Object.hasOwn(OBJECTS_OF_LIST, type);
}

/** Where a sample code of a kind starts; the length is that of the kind. */
const FIRST_CODES: Readonly<Record<ObjectType, string>> = {
	COMPANY: '41000000000',
	PERSON: '32000000000',
	ADDRESS: '100000000',
	PLEDGE: '100000000',
	AUTHORITY: '90000000000',
	KEYWORD: '1',
	EST_COMPANY: '10000000',
	CAD_CADASTER: '01000000000',
	CAD_BUILD: '01000000000000',
	CAD_PARCEL: '01000000000',
	CAD_PARCEL_PART: '010000000000000',
	CAD_PREMISE_GROUP: '01000000000000000',
};

export function sampleCode(type: ObjectType, index: number): string {
	const first = FIRST_CODES[type];
	const digits = String(BigInt(first) + BigInt(index)).padStart(first.length, '0');
	return type === 'KEYWORD' ? `atslēgvārds ${digits}` : digits;
}

const WORDS = [
	'Ķīpsala',
	'Ģērbtuve',
	'Ņieburgs',
	'Šķūnis',
	'Žagars',
	'Ļaudona',
	'Čiekurs',
	'Ūdens',
];

/** Latvian letters and every character that XML treats specially. */
export function sampleName(index: number): string {
	const word = WORDS[index % WORDS.length] ?? '';
	return `SIA "${word} & dēli" <Nr. ${index + 1}> 'rīts' > vakars`;
}

export function sampleAddress(index: number): string {
	return `Brīvības iela ${(index % 300) + 1}/${(index % 9) + 1}, Rīga, LV-${1001 + (index % 80)}`;
}

export interface Service {
	readonly type: string;
	readonly name: string;
}

const service = (type: string, name: string): Service => ({ type, name });

/** The services that can be monitored, by kind of list. */
export const SERVICES: Readonly<Record<ListType, readonly Service[]>> = {
	PERSONS: [
		service('SV_BIRTH', 'Uzņēmuma reģistrācija'),
		service('SV_UBIRTH', 'Reģistrācijas ziņu izmaiņas'),
		service('SV_INSOLV', 'Maksātnespējas process'),
		service('SV_OFFICERS', 'Amatpersonu maiņa'),
		service('SV_ADDRESS', 'Juridiskās adreses maiņa'),
	],
	PLEDGES: [
		service('SV_PLEDGE_CHANGE', 'Komercķīlas grozījumi'),
		service('SV_PLEDGE_END', 'Komercķīlas dzēšana'),
	],
	ADDRESS: [
		service('SV_ADDR_NEW', 'Jauns uzņēmums adresē'),
		service('SV_ADDR_GONE', 'Uzņēmums pametis adresi'),
	],
	KEYWORDS: [service('SV_KEYWORD', 'Atslēgvārds uzņēmuma nosaukumā')],
	ESTONIAS: [
		service('SV_EST_CHANGE', 'Izmaiņas Igaunijas uzņēmumā'),
		service('SV_EST_INSOLV', 'Igaunijas uzņēmuma maksātnespēja'),
	],
	CADASTERS: [
		service('SV_CAD_OWNER', 'Īpašnieka maiņa'),
		service('SV_CAD_VALUE', 'Kadastrālās vērtības maiņa'),
	],
};

export interface MonitoringEvent {
	readonly event_type: string;
	readonly title: string;
	readonly object_name: string;
	readonly object_code: string;
	readonly date: string;
	readonly sent_date: string;
	readonly notes: string | null;
}

export function sampleEvent(index: number, sent: string): MonitoringEvent {
	return {
		event_type: `EV_${index % 2 === 0 ? 'ADDRESS' : 'INSOLV'}`,
		title: index % 2 === 0 ? 'Adreses maiņa' : 'Maksātnespējas process',
		object_name: sampleName(index),
		object_code: sampleCode('COMPANY', index),
		date: sent,
		sent_date: sent,
		notes: index % 3 === 2 ? null : `Bija "A" & ir <B>, ieraksts ${index + 1}`,
	};
}
