import { excerpt, Fault } from '../../../shared/fault';
import type { HttpAnswer } from '../../../shared/http';
import { responseFault } from '../../../shared/responseFault';
import {
	child,
	descendants,
	parseXml,
	withoutProlog,
	XmlFormatError,
	type XmlElement,
} from '../../../shared/xml';
import { isBreakdown } from './breakdown';
import { Decoder, type DecodedFields } from './decoder';
import { functionNamed, type FunctionName } from '../catalogue/functions';

/** What the service said to a call: refused or not, its own words, and the answer's fields. */
export interface Reply {
	readonly success: boolean;
	readonly code: string | undefined;
	readonly message: string;
	readonly status: number;
	readonly fields: DecodedFields;
}

/**
 * Reads the answer to a call.
 *
 * @throws Fault (answer) when it is not an answer of the service: nothing, a page for people, a
 * document that is cut off, not SOAP or not about this call; Fault (service) when it is a SOAP Fault
 */
export async function readReply(name: FunctionName, answer: HttpAnswer): Promise<Reply> {
	const types = functionNamed(name).answer;
	const decoder = new Decoder(types);
	const body = await bodyOf(answer, decoder);
	const response = body.children[0];
	if (response?.name === 'Fault') throw soapFault(response, answer.status);
	const parts = response?.name === `${name}Response` ? decoder.resultParts(response) : [];
	const field = (wanted: string) =>
		decoder.text(parts.find((part) => part.name === wanted)?.node).trim();
	const success = field('success');
	if (success === '') {
		throw responseFault(
			answer,
			`The service's answer does not say whether ${name} succeeded`,
			'Check the WSDL URL and the Endpoint in the credential.',
		);
	}
	return {
		success: /^(true|1)$/i.test(success),
		code: field('code') === '' ? undefined : field('code'),
		message: field('message'),
		status: answer.status,
		fields: decoder.fields(parts, types, ['success', 'message', 'code']),
	};
}

const ASK_OR_WAIT =
	'Try again later. If it stays, check the addresses in the credential, and whether a proxy or firewall stands between n8n and the service.';

const FEWER =
	'No answer of the service is that long. Ask for fewer rows, or check the addresses in the credential.';

async function bodyOf(answer: HttpAnswer, decoder: Decoder): Promise<XmlElement> {
	const text = answer.body.trimStart();
	if (text === '')
		throw responseFault(answer, 'The service gave an empty answer', ASK_OR_WAIT, true);
	if (!beginsAsDocument(text) && isBreakdown(text)) throw breakdown(answer);
	if (isWebPage(text)) {
		throw responseFault(answer, 'A web page came instead of an answer of the service', ASK_OR_WAIT);
	}
	if (!text.startsWith('<')) {
		throw responseFault(answer, 'The answer is not one of the service', ASK_OR_WAIT);
	}
	const envelope = await documentOf(answer, text, decoder);
	const body = envelope.name === 'Envelope' ? child(envelope, 'Body') : undefined;
	if (body === undefined) {
		throw responseFault(answer, "The answer is not one of the service's documents", ASK_OR_WAIT);
	}
	return body;
}

/** An envelope's own texts may speak of breakdowns. */
function beginsAsDocument(text: string): boolean {
	return /^<(?:[\w-]+:)?Envelope\b/.test(withoutProlog(text).slice(0, 200));
}

function breakdown(answer: HttpAnswer): Fault {
	return responseFault(
		answer,
		'The service broke down while it processed the call',
		"Try again later. If it stays, send Lursoft's support what the service wrote.",
		true,
	);
}

/** A page, or the piece of one that a server writes when a program of its own breaks down. */
function isWebPage(text: string): boolean {
	const start = withoutProlog(text).slice(0, 2000);
	if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(start)) return true;
	return !/[<:]Envelope\b/.test(start) && /<(?:h[1-6]|p|br|b|title|div|center|hr)\b/i.test(start);
}

async function documentOf(answer: HttpAnswer, text: string, decoder: Decoder): Promise<XmlElement> {
	let failure: unknown;
	try {
		return await parseXml(text, (element, parent) => decoder.take(element, parent));
	} catch (error) {
		failure = error;
	}
	if (failure instanceof Fault) throw failure;
	const reason = failure instanceof XmlFormatError ? failure.reason : 'malformed';
	if (reason !== 'tooLarge' && isBreakdown(text)) throw breakdown(answer);
	if (reason === 'cutOff') {
		throw responseFault(
			answer,
			"The service's answer ends too early",
			'The connection was probably cut while it was being sent. Try again; for long lists, ask for fewer rows.',
			true,
		);
	}
	if (reason === 'tooLarge') {
		throw responseFault(answer, "The service's answer holds more than can be read", FEWER);
	}
	throw responseFault(answer, "The service's answer is not well-formed", ASK_OR_WAIT);
}

function soapFault(fault: XmlElement, status: number): Fault {
	const words =
		descendants(fault, 'faultstring')[0]?.text ?? descendants(fault, 'Text')[0]?.text ?? '';
	const code = descendants(fault, 'faultcode')[0] ?? descendants(fault, 'Value')[0];
	// The service says that the call as such is wrong; everything else is a breakdown on its side.
	const isRefused = /(?:Client|Sender|VersionMismatch|MustUnderstand)\b/.test(code?.text ?? '');
	return new Fault(
		isRefused ? 'service' : 'answer',
		'The service could not process the call',
		`Try again later; if it stays, ask Lursoft's support. The service answered: ${excerpt(words) || 'a fault without words'} (HTTP status ${status})`,
		{ status, transient: !isRefused },
	);
}
