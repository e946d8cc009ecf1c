import { excerpt, Fault } from '../../shared/errors';
import type { HttpAnswer } from '../../shared/http';
import { attribute, child, descendants, parseXml, type XmlElement } from '../../shared/xml';
import { FUNCTIONS, functionNamed, type FunctionName } from './functions';

/** What a WSDL says about the service. */
export interface ServiceDescription {
	/** The `soap:address`, as written. */
	readonly address: string;
	/** The namespace of the functions, if the WSDL names one. */
	readonly namespace: string | undefined;
	/** soapAction by function. */
	readonly actions: ReadonlyMap<string, string>;
	/** The names of the parameters by function, in their order. */
	readonly parameters: ReadonlyMap<string, readonly string[]>;
}

const CHECK_WSDL_URL =
	"Check the credential's WSDL URL; https://www.klientuportfelis.lv/api/wsdl is Lursoft's.";

/**
 * Reads a WSDL.
 *
 * @throws Fault (answer) when there is none, or it names no service address
 */
export function readWsdl(answer: HttpAnswer): ServiceDescription {
	if (answer.status !== 200) throw unavailable(answer);
	const definitions = definitionsOf(answer.body);
	if (definitions === undefined) {
		throw new Fault(
			'answer',
			'What the WSDL URL gives is not a WSDL',
			`${CHECK_WSDL_URL} It begins: ${excerpt(answer.body) || 'with nothing'}`,
		);
	}
	const address = addressIn(definitions);
	if (address === undefined) {
		throw new Fault(
			'answer',
			'The WSDL names no address of the service',
			"Put the address of the service into the credential's Endpoint field, or check the WSDL URL.",
		);
	}
	return { address, ...bindingIn(definitions), parameters: parametersIn(definitions) };
}

function unavailable({ status, location }: HttpAnswer): Fault {
	const redirect =
		location === undefined ? '' : ` It points to ${location}: if that is right, put it there.`;
	return new Fault(
		'answer',
		`The WSDL could not be read (HTTP status ${status})`,
		`${CHECK_WSDL_URL}${redirect}`,
		{ status },
	);
}

function definitionsOf(text: string): XmlElement | undefined {
	try {
		const root = parseXml(text.trimStart());
		return root.name === 'definitions' ? root : undefined;
	} catch {
		return undefined;
	}
}

/** A WSDL may offer several ports; the one of SOAP 1.1 comes first in all that are known. */
function addressIn(definitions: XmlElement): string | undefined {
	for (const port of descendants(definitions, 'port')) {
		const location = attribute(child(port, 'address') ?? port, 'location');
		if (location !== undefined && location.trim() !== '') return location.trim();
	}
	return undefined;
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

/**
 * Holds a WSDL against the catalogue: the order of the parameters is the order of the signed JSON,
 * so a service that changed it would refuse every signature.
 *
 * @returns a sentence for each function that differs
 */
export function differences(description: ServiceDescription): string[] {
	const names = Object.keys(FUNCTIONS) as FunctionName[];
	return names.flatMap((name) => {
		const ours = ['signature', ...functionNamed(name).parameters.map((given) => given.name)];
		const theirs = description.parameters.get(name);
		if (theirs === undefined) return [`${name} is missing`];
		return theirs.join() === ours.join()
			? []
			: [`${name} takes (${theirs.join(', ')}) instead of (${ours.join(', ')})`];
	});
}
