import { excerpt, Fault } from '../../../shared/fault';
import { isTransientStatus, type HttpAnswer } from '../../../shared/http';
import {
	attribute,
	attributeNamed,
	child,
	descendants,
	parseXml,
	type XmlElement,
} from '../../../shared/xml';
import { isBreakdown } from '../answer/breakdown';
import { FUNCTIONS, functionNamed, type FunctionName } from '../catalogue/functions';

/** What a WSDL says about the service. */
export interface Wsdl {
	/** The `soap:address`, as written. */
	readonly address: string;
	/** The namespace of the functions, if there is one. */
	readonly namespace: string | undefined;
	/** soapAction by function. */
	readonly actions: ReadonlyMap<string, string>;
	/** The names of the parameters by function, in their order. */
	readonly parameters: ReadonlyMap<string, readonly string[]>;
}

const CHECK_WSDL_URL =
	"Check 'WSDL URL' in the credential. Lursoft's is https://www.klientuportfelis.lv/api/wsdl.";

const WAIT =
	"Try again later. If it happens again, check 'WSDL URL' in the credential, or ask Lursoft's support.";

/**
 * Reads a WSDL.
 *
 * @throws Fault (answer) when it is not a WSDL or has no service address
 */
export async function readWsdl(answer: HttpAnswer): Promise<Wsdl> {
	if (answer.status !== 200) throw unavailable(answer);
	const definitions = await definitionsOf(answer.body);
	if (definitions === undefined && isBreakdown(answer.body)) throw brokenDown(answer);
	if (definitions === undefined && isIncomplete(answer.body)) throw cutOff(answer);
	if (definitions === undefined) {
		throw new Fault(
			'answer',
			'There is no WSDL at the WSDL URL',
			`${CHECK_WSDL_URL} The response begins: ${excerpt(answer.body)}`,
		);
	}
	const address = addressIn(definitions);
	if (address === undefined) {
		throw new Fault(
			'answer',
			'The WSDL has no address of the service',
			"Enter the address of the service in 'Endpoint' in the credential, or check 'WSDL URL'.",
		);
	}
	return { address, ...bindingIn(definitions), parameters: parametersIn(definitions) };
}

function unavailable({ status, location, retryAfter }: HttpAnswer): Fault {
	const transient = isTransientStatus(status);
	const redirect =
		location === undefined
			? ''
			: ` It redirects to ${excerpt(location)}. If that address is right, enter it there.`;
	return new Fault(
		'answer',
		`The WSDL could not be read (HTTP status ${status})`,
		`${transient ? WAIT : CHECK_WSDL_URL}${redirect}`,
		{
			status,
			transient,
			...(retryAfter !== undefined && { retryAfter }),
		},
	);
}

/** The address is right, and the next attempt may succeed. */
function brokenDown({ body, status }: HttpAnswer): Fault {
	return new Fault(
		'answer',
		'The service crashed while it created its WSDL',
		`Try again later. If it happens again, ask Lursoft's support. The service responded: ${excerpt(body)}`,
		{ status, transient: true },
	);
}

/** Whether a text is empty or the start of a WSDL that was cut off. */
function isIncomplete(text: string): boolean {
	const start = text.trimStart().slice(0, 2000);
	return start === '' || (/^<[^]*\bdefinitions\b/.test(start) && !/definitions\s*>\s*$/.test(text));
}

function cutOff({ status }: HttpAnswer): Fault {
	return new Fault(
		'answer',
		'The WSDL ends too early',
		`Try again later. The connection was probably cut while the WSDL was being sent. If it happens again, check 'WSDL URL' in the credential. (HTTP status ${status})`,
		{ status, transient: true },
	);
}

async function definitionsOf(text: string): Promise<XmlElement | undefined> {
	try {
		const root = await parseXml(text.trimStart());
		return root.name === 'definitions' ? root : undefined;
	} catch {
		return undefined;
	}
}

/** The namespace of `soap:address` for SOAP 1.1. A WSDL may also have ports of other kinds. */
const SOAP_1_1 = 'http://schemas.xmlsoap.org/wsdl/soap/';

/** The address of the SOAP 1.1 port; of several, the one that has our functions. */
function addressIn(definitions: XmlElement): string | undefined {
	const withLogin = bindingsWithLogin(definitions);
	const addresses = descendants(definitions, 'service').flatMap((service) =>
		service.children
			.filter(({ name }) => name === 'port')
			.flatMap((port) => addressOf(port, [definitions, service])),
	);
	return (addresses.find(({ binding }) => withLogin.has(binding)) ?? addresses[0])?.location;
}

function addressOf(port: XmlElement, around: XmlElement[]) {
	const address = child(port, 'address');
	const location = address && attribute(address, 'location')?.trim();
	if (address === undefined || location === undefined || location === '') return [];
	const declaration = address.prefix === '' ? 'xmlns' : `xmlns:${address.prefix}`;
	const namespace = [address, port, ...around.reverse()]
		.map((element) => attributeNamed(element, declaration))
		.find((uri) => uri !== undefined);
	const binding = attribute(port, 'binding')?.replace(/^.*:/, '');
	return namespace === SOAP_1_1 ? [{ location, binding }] : [];
}

/** The names of the bindings that have our functions. */
function bindingsWithLogin({ children }: XmlElement): ReadonlySet<string | undefined> {
	return new Set(
		children
			.filter(({ name }) => name === 'binding')
			.filter((binding) =>
				binding.children.some((operation) => attribute(operation, 'name') === 'login'),
			)
			.map((binding) => attribute(binding, 'name')),
	);
}

function bindingIn(definitions: XmlElement) {
	const actions = new Map<string, string>();
	let namespace = attribute(definitions, 'targetNamespace');
	for (const binding of definitions.children.filter(({ name }) => name === 'binding')) {
		for (const operation of binding.children.filter(({ name }) => name === 'operation')) {
			const name = attribute(operation, 'name') ?? '';
			const soapOperation = child(operation, 'operation');
			const action = soapOperation && attribute(soapOperation, 'soapAction');
			if (action !== undefined && !actions.has(name)) actions.set(name, action);
			const body = child(child(operation, 'input'), 'body');
			namespace = (body && attribute(body, 'namespace')) ?? namespace;
		}
	}
	return { actions, namespace };
}

function parametersIn(definitions: XmlElement): Map<string, string[]> {
	const messages = new Map(
		definitions.children
			.filter(({ name }) => name === 'message')
			.map((message) => [attribute(message, 'name'), message] as const),
	);
	const parameters = new Map<string, string[]>();
	for (const operation of descendants(definitions, 'operation')) {
		const input = child(operation, 'input');
		const messageName = input && attribute(input, 'message')?.replace(/^.*:/, '');
		const message = messageName === undefined ? undefined : messages.get(messageName);
		if (message === undefined) continue;
		const parts = message.children.filter(({ name }) => name === 'part');
		parameters.set(
			attribute(operation, 'name') ?? '',
			parts.map((part) => attribute(part, 'name') ?? ''),
		);
	}
	return parameters;
}

/** How a WSDL differs from the catalogue, a sentence each. */
export interface Differences {
	/** Functions that are missing, or whose parameters are missing or in another order. */
	readonly broken: string[];
	/** Additional parameters at the end, which the node does not have to send. */
	readonly added: string[];
}

/**
 * Compares a WSDL with the catalogue. The order of the parameters is the order of the signed JSON, so
 * after a change the service would reject every signature.
 */
export function differences(description: Wsdl): Differences {
	const broken: string[] = [];
	const added: string[] = [];
	for (const name of Object.keys(FUNCTIONS) as FunctionName[]) {
		const ours = ['signature', ...functionNamed(name).parameters.map((given) => given.name)];
		const theirs = description.parameters.get(name);
		if (theirs === undefined) broken.push(`${name} is missing`);
		else if (theirs.slice(0, ours.length).join() !== ours.join()) {
			broken.push(`${name} takes (${theirs.join(', ')}) instead of (${ours.join(', ')})`);
		} else if (theirs.length > ours.length) {
			added.push(`${name} also takes ${theirs.slice(ours.length).join(', ')}`);
		}
	}
	return { broken, added };
}
