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
		description: "Try again later. If it happens again, ask Lursoft's support.",
		cause: 'temporarily-unavailable',
	},
	'1001': {
		message: 'The role is not allowed to use the API',
		description: "Ask Lursoft's support to enable the API for the 'Role ID' in the credential.",
		cause: 'credential-invalid',
	},
	'1002': {
		message: 'The role has no access to this list',
		description: 'Choose another list, or ask its owner to give your role access to it.',
		cause: 'configuration-invalid',
	},
	'1003': {
		message: 'The role does not have access to all lists that hold this object',
		description:
			"Ask for access to every list that holds the object, or set 'Delete From' to One List.",
		cause: 'configuration-invalid',
	},
	'1004': {
		message: 'The portfolio has reached its limit of objects',
		description:
			"Delete objects that are no longer needed, or ask Lursoft's support for a higher limit.",
		cause: 'quota-exhausted',
	},
	'1005': {
		message: 'The role is not allowed to do this',
		description: 'Ask the owner of the list, or the administrator of your account, for permission.',
		cause: 'configuration-invalid',
	},
	'2000': {
		message: 'The service received no session',
		description: 'Run the workflow again. The node logs in automatically.',
		cause: 'temporarily-unavailable',
	},
	'2001': {
		message: 'The service received too few values',
		description: 'Fill in all required fields of the operation.',
		cause: 'configuration-invalid',
	},
	'2002': {
		message: 'The service received no login details',
		description: "Fill in 'Username', 'Password' and 'Role ID' in the credential.",
		cause: 'credential-invalid',
	},
	'2003': {
		message: 'The service did not accept the login',
		description:
			"Check 'Username', 'Password' and 'Role ID' in the credential. The service does not say which one is wrong.",
		cause: 'credential-invalid',
	},
	'2004': {
		message: 'The service did not accept the role',
		description: "Enter the role number that Lursoft gave you in 'Role ID' in the credential.",
		cause: 'credential-invalid',
	},
	'2005': {
		message: 'The service does not know the session',
		description:
			'Check that no other program keeps logging in with the same user, then run the workflow again. The node logged in again, and the new session was lost at once.',
		cause: 'temporarily-unavailable',
	},
	'2006': {
		message: 'The session belongs to another IP address',
		description:
			'Let n8n reach Lursoft from one fixed IP address, without alternating proxies or connections. The node logged in again, and its IP address changed again.',
		cause: 'temporarily-unavailable',
	},
	'2007': {
		message: 'The session has ended',
		description:
			'Run the workflow again later. The node logged in again, and the new session ended at once.',
		cause: 'temporarily-unavailable',
	},
	'2008': {
		message: 'The list was not found',
		description: "Choose the list again under 'List'. It may have been deleted.",
		cause: 'configuration-invalid',
	},
	'2009': {
		message: 'The service did not accept the list',
		description: "Choose the list under 'List', or enter its ID as a number.",
		cause: 'configuration-invalid',
	},
	'2010': {
		message: 'The service did not accept the object ID',
		description:
			"Choose By ID under 'Object' and give the ID that Object → Find returns, or choose By Code and give the code.",
		cause: 'configuration-invalid',
	},
	'2011': {
		message: 'The object was not found',
		description:
			"Check 'Object'. To use a registration number or another code, choose By Code; the ID is the number that Object → Find returns. The object may also have been deleted.",
		cause: 'configuration-invalid',
	},
	'2012': {
		message: 'The list does not accept objects of this type',
		description: 'Choose a list whose type fits the object, or another object type.',
		cause: 'configuration-invalid',
	},
	'2013': {
		message: 'The object is already in the list',
		description:
			"You do not need to do anything. To continue with the other items, set the node's On Error to Continue.",
		cause: 'configuration-invalid',
	},
	'2014': {
		message: 'The company is liquidated',
		description: "To add it anyway, turn off 'Check in Register' under 'Additional Fields'.",
		cause: 'configuration-invalid',
	},
	'2015': {
		message: 'The company is reorganised',
		description: "To add it anyway, turn off 'Check in Register' under 'Additional Fields'.",
		cause: 'configuration-invalid',
	},
	'2016': {
		message: 'The company was not found in the register',
		description:
			"Check 'Code'. To add the company anyway, turn off 'Check in Register' under 'Additional Fields' and enter a 'Name'.",
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
		description: "Check 'Object' and 'List'. Object → Find returns the lists that hold an object.",
		cause: 'configuration-invalid',
	},
	'2020': {
		message: 'The service did not accept a value',
		description: 'Correct the field that the service names.',
		cause: 'configuration-invalid',
	},
	'2021': {
		message: 'More objects were requested than the service returns at once',
		description: "Turn on 'Return All', or set 'Limit' to at most 25000.",
		cause: 'configuration-invalid',
	},
	'3000': {
		message: 'The role has no key at the service',
		description:
			"Ask Lursoft's support for an SSL key for the role, then paste the private key into the credential.",
		cause: 'credential-invalid',
	},
	'3001': {
		message: 'The service received no signature',
		description:
			"Check 'Endpoint' in the credential. A proxy may have changed the request on its way.",
		cause: 'temporarily-unavailable',
	},
	'3002': {
		message: 'The service did not accept the signature',
		description:
			"Paste the key that Lursoft gave you for this 'Role ID' into 'Private Key' in the credential. The present key belongs to another role.",
		cause: 'credential-invalid',
	},
};

/** The code of an internal fault of the service. */
export const INTERNAL_FAULT = '1000';

/** The codes after which it helps to log in again. */
export const SESSION_CODES: ReadonlySet<string> = new Set(['2005', '2006', '2007']);

/**
 * The fault for a refused call: what happened, what to do, the service's own words and the code.
 */
export function serviceFault(reply: Reply): Fault {
	const { code, status } = reply;
	const known = code !== undefined && Object.hasOwn(CODES, code) ? CODES[code] : undefined;
	const { message, description, cause } = known ?? {
		message: 'The service refused the request',
		description: "See the service's message.",
		cause: undefined,
	};
	const words = reply.message === '' ? 'nothing' : `"${reply.message}"`;
	return new Fault(
		'service',
		message,
		`${description} The service responded: ${words} (${code === undefined ? `HTTP status ${status}` : `code ${code}`})`,
		{ status, ...(code !== undefined && { code }), ...(cause !== undefined && { cause }) },
	);
}
