/** The error codes of the specification: the message of the answer and its HTTP status. */

interface ErrorText {
	readonly message: string;
	readonly status: 400 | 401 | 403 | 500;
}

const error = (status: ErrorText['status'], message: string): ErrorText => ({ status, message });

export const ERRORS = {
	1000: error(500, 'Notika servera iekšēja kļūda'),
	1001: error(403, 'Šai lomai nav tiesību izmantot API'),
	1002: error(403, 'Nav tiesību piekļūt šim sarakstam'),
	1003: error(403, 'Nav tiesību piekļūt šim objektam'),
	1004: error(
		403,
		'Sasniegts objektu skaita ierobežojums. Lai palielinātu Klientu portfeļa objektu limitu, lūdzu sazināties ar administrāciju!',
	),
	1005: error(403, 'Lomai nav tiesību veikt konkrēto darbību'),
	2000: error(400, 'Nav norādīts sesijas ID'),
	2001: error(400, 'Nav norādīti visi parametri'),
	2002: error(400, 'Nav norādīti autorizācijas rekvizīti'),
	2003: error(401, 'Autorizācija neveiksmīga'),
	2004: error(400, 'Padots nekorekts lomas identifikators'),
	2005: error(401, 'Sesija neeksistē'),
	2006: error(401, 'Neatbilstoša IP adrese'),
	2007: error(401, 'Sesija beigusies'),
	2008: error(400, 'Saraksts nav atrasts'),
	2009: error(400, 'Padots nekorekts saraksta identifikators'),
	2010: error(400, 'Padots nekorekts objekta identifikators'),
	2011: error(400, 'Objekts nav atrasts'),
	2012: error(400, 'Sarakstam nevar pievienot šāda tipa objektus'),
	2013: error(400, 'Objekts jau ir sarakstā'),
	2014: error(400, 'Uzņēmums ir likvidēts'),
	2015: error(400, 'Uzņēmums ir reorganizēts'),
	2016: error(400, 'Uzņēmums nav atrasts'),
	2017: error(400, 'Sarakstā nav neviena objekta, kuru monitorēt'),
	2018: error(400, 'Šim sarakstam nav izveidots monitorings'),
	2019: error(400, 'Objekts neatrodas izvēlētajā sarakstā'),
	2020: error(400, 'Parametra vērtība nav atļauta'),
	2021: error(400, 'Sarakstā ir vairāk objektu kā norādītajā limitā'),
	3000: error(401, 'Šai lomai nav uzģenerēts SSL sertifikāts'),
	3001: error(401, 'Nav norādīts SSL paraksts'),
	3002: error(401, 'Dati neatbilst parakstam'),
} as const;

export type ErrorCode = keyof typeof ERRORS;

export const ERROR_CODES: readonly ErrorCode[] = [
	1000, 1001, 1002, 1003, 1004, 1005, 2000, 2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008, 2009,
	2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 3000, 3001, 3002,
];

/** A failure that the service reports in its answer; some codes carry varying messages. */
export class ServiceError extends Error {
	readonly status: number;

	constructor(
		readonly code: ErrorCode,
		message: string = ERRORS[code].message,
	) {
		super(message);
		this.status = ERRORS[code].status;
	}
}

/** The request never reaches a function: PHP's SoapServer answers with a Fault. */
export class SoapFaultError extends Error {}
