import { Fault, type FaultCause } from '../../../shared/fault';
import type { Reply } from './reply';

/** What a code of the service means and what to do about it. */
interface Explanation {
	readonly message: string;
	readonly description: string;
	readonly cause: FaultCause;
}

/** Every code of the specification's table ("Kļūdu kodi"). */
export const CODES: Readonly<Record<string, Explanation>> = {
	'1000': {
		message: 'The service had an internal fault',
		description: "Try again later. If it stays, ask Lursoft's support.",
		cause: 'temporarily-unavailable',
	},
	'1001': {
		message: 'The role may not use the API',
		description: "Ask Lursoft's support to allow the API for the role in the credential's Role ID.",
		cause: 'credential-invalid',
	},
	'1002': {
		message: 'The role has no access to this list',
		description:
			'Pick another list, or ask the owner of the list to give your role the rights to it.',
		cause: 'configuration-invalid',
	},
	'1003': {
		message: 'The role has no access to this object in all its lists',
		description:
			'Ask for the rights to every list that holds the object, or delete it from one list only (Delete From: One List).',
		cause: 'configuration-invalid',
	},
	'1004': {
		message: 'The portfolio has reached its limit of objects',
		description:
			"Delete objects that are no longer needed, or ask Lursoft's support for a higher limit.",
		cause: 'quota-exhausted',
	},
	'1005': {
		message: 'The role may not do this',
		description: 'Ask the owner of the list, or the administrator of your account, for the rights.',
		cause: 'configuration-invalid',
	},
	'2000': {
		message: 'The service received no session',
		description: 'Run the workflow again; the node logs in by itself.',
		cause: 'temporarily-unavailable',
	},
	'2001': {
		message: 'The service received too few values',
		description: 'Fill in every required field of the operation.',
		cause: 'configuration-invalid',
	},
	'2002': {
		message: 'The service received no login details',
		description: 'Fill in Username, Password and Role ID in the credential.',
		cause: 'credential-invalid',
	},
	'2003': {
		message: 'The service did not accept the login',
		description:
			'Check Username, Password and Role ID in the credential; the service does not say which of them is wrong.',
		cause: 'credential-invalid',
	},
	'2004': {
		message: 'The service did not accept the role',
		description: 'Role ID in the credential is a number; copy it from what Lursoft gave you.',
		cause: 'credential-invalid',
	},
	'2005': {
		message: 'The service does not know the session',
		description:
			'The node logged in again and the session was lost at once. Check that no other program logs in with the same user all the time, then run the workflow again.',
		cause: 'temporarily-unavailable',
	},
	'2006': {
		message: 'The session belongs to another address',
		description:
			'The node logged in again, and the service still saw another address. Let n8n reach the service by one address only (no alternating proxies or lines).',
		cause: 'temporarily-unavailable',
	},
	'2007': {
		message: 'The session has ended',
		description:
			'The node logged in again and the session ended at once. Run the workflow again later.',
		cause: 'temporarily-unavailable',
	},
	'2008': {
		message: 'The list was not found',
		description: 'Pick the list from the list again; it may have been deleted.',
		cause: 'configuration-invalid',
	},
	'2009': {
		message: 'The service did not accept the list',
		description: 'Pick the list from the list, or give its ID as a number.',
		cause: 'configuration-invalid',
	},
	'2010': {
		message: 'The service did not accept the object ID',
		description: 'Give the ID of the object as a number, as Object → Get Many gives it.',
		cause: 'configuration-invalid',
	},
	'2011': {
		message: 'The object was not found',
		description:
			'Check the Object ID; the object may have been deleted. It is the ID that Object → Get Many gives, not the code.',
		cause: 'configuration-invalid',
	},
	'2012': {
		message: 'The list does not take objects of this type',
		description: 'Pick a list whose type fits the object, or another object type.',
		cause: 'configuration-invalid',
	},
	'2013': {
		message: 'The object is already in the list',
		description:
			"Nothing needs to be done. To go on with the other items, set the node's On Error to Continue.",
		cause: 'configuration-invalid',
	},
	'2014': {
		message: 'The company is liquidated',
		description: 'To add it all the same, switch off Check in Register under Additional Fields.',
		cause: 'configuration-invalid',
	},
	'2015': {
		message: 'The company is reorganised',
		description: 'To add it all the same, switch off Check in Register under Additional Fields.',
		cause: 'configuration-invalid',
	},
	'2016': {
		message: 'The company was not found in the register',
		description:
			'Check the code. To add it all the same, switch off Check in Register under Additional Fields and give a Name.',
		cause: 'configuration-invalid',
	},
	'2017': {
		message: 'The list has no object to monitor',
		description: 'Add an object to the list first.',
		cause: 'configuration-invalid',
	},
	'2018': {
		message: 'The list has no monitoring',
		description: 'Create one first (Monitoring → Create).',
		cause: 'configuration-invalid',
	},
	'2019': {
		message: 'The object is not in the list',
		description: 'Check that the Object ID and the list belong together.',
		cause: 'configuration-invalid',
	},
	'2020': {
		message: 'The service did not accept a value',
		description: "Correct the field that the service's answer names.",
		cause: 'configuration-invalid',
	},
	'2021': {
		message: 'More objects were asked for than the service gives at once',
		description: 'Switch on Return All, or ask for at most 25,000 objects.',
		cause: 'configuration-invalid',
	},
	'3000': {
		message: 'The role has no key at the service',
		description:
			"Ask Lursoft's support to make an SSL key for the role, then put the private key into the credential.",
		cause: 'credential-invalid',
	},
	'3001': {
		message: 'The service received no signature',
		description:
			'A proxy may have changed the request on its way. Check the Endpoint in the credential.',
		cause: 'temporarily-unavailable',
	},
	'3002': {
		message: 'The service did not accept the signature',
		description:
			'The private key in the credential is not the one that belongs to the role. Paste the key that Lursoft gave you for this Role ID.',
		cause: 'credential-invalid',
	},
};

/** The code of a breakdown inside the service. */
export const INTERNAL_FAULT = '1000';

/** The codes after which logging in again helps. */
export const SESSION_CODES: ReadonlySet<string> = new Set(['2005', '2006', '2007']);

/**
 * The fault for a refused call: what happened, what to do, the service's own words and code.
 */
export function serviceFault(reply: Reply): Fault {
	const { code, status } = reply;
	const known = code !== undefined && Object.hasOwn(CODES, code) ? CODES[code] : undefined;
	const { message, description, cause } = known ?? {
		message: 'The service refused the call',
		description: "See the service's answer.",
		cause: undefined,
	};
	const words = reply.message === '' ? 'nothing' : `"${reply.message}"`;
	return new Fault(
		'service',
		message,
		`${description} The service answered: ${words} (${code === undefined ? `HTTP status ${status}` : `code ${code}`})`,
		{ status, ...(code !== undefined && { code }), ...(cause !== undefined && { cause }) },
	);
}
