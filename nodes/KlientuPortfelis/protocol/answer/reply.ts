import { excerpt, Fault } from '../../../shared/fault';
import type { HttpAnswer } from '../../../shared/http';
import { LongText } from '../../../shared/longText';
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

/** The response to a call: refused or not, the service's message and code, and the fields. */
export interface Reply {
	readonly success: boolean;
	readonly code: string | undefined;
	readonly message: string;
	readonly status: number;
	readonly fields: DecodedFields;
}

/**
 * Reads the response to a call.
 *
 * @throws Fault (answer) when it is not a response of the service: empty, a web page, cut off, not SOAP
 * or for another call; Fault (service) when it is a SOAP Fault
 */
export async function readReply(
	name: FunctionName,
	{ body: given, ...rest }: HttpAnswer<string | LongText>,
): Promise<Reply> {
	const types = functionNamed(name).answer;
	const decoder = new Decoder(types);
	const text = typeof given === 'string' ? LongText.of(given) : given;
	// Messages quote the start only.
	const answer = { ...rest, body: text.start };
	const body = await bodyOf(answer, text, decoder);
	const response = body.children[0];
	if (response?.name === 'Fault') throw soapFault(response, answer.status);
	const parts = response?.name === `${name}Response` ? decoder.resultParts(response) : [];
	const field = (wanted: string) =>
		decoder.text(parts.find((part) => part.name === wanted)?.node).trim();
	const success = field('success');
	if (success === '') {
		throw responseFault(
			answer,
			`The response does not say whether ${name} succeeded`,
			"Check 'WSDL URL' and 'Endpoint' in the credential.",
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
	'Try again later. If it happens again, check the addresses in the credential, and whether a proxy or firewall between n8n and the service responds instead.';

const FEWER = 'Ask for fewer rows, or check the addresses in the credential.';

async function bodyOf(answer: HttpAnswer, text: LongText, decoder: Decoder): Promise<XmlElement> {
	const start = answer.body;
	if (start === '')
		throw responseFault(answer, 'The service sent an empty response', ASK_OR_WAIT, true);
	if (!beginsAsDocument(start) && isBreakdown(text)) throw breakdown(answer);
	if (isWebPage(start)) {
		throw responseFault(
			answer,
			'A web page came back instead of a response from the service',
			ASK_OR_WAIT,
		);
	}
	if (!start.startsWith('<')) {
		throw responseFault(answer, 'The response did not come from the service', ASK_OR_WAIT);
	}
	const envelope = await documentOf(answer, text, decoder);
	const body = envelope.name === 'Envelope' ? child(envelope, 'Body') : undefined;
	if (body === undefined) {
		throw responseFault(answer, 'The response is not a SOAP envelope', ASK_OR_WAIT);
	}
	return body;
}

/** Whether it is an envelope, whose texts may mention crashes. */
function beginsAsDocument(text: string): boolean {
	return /^<(?:[\w-]+:)?Envelope\b/.test(withoutProlog(text).slice(0, 200));
}

function breakdown(answer: HttpAnswer): Fault {
	return responseFault(
		answer,
		'The service crashed while it processed the request',
		"Try again later. If it happens again, send this response to Lursoft's support.",
		true,
	);
}

/** A web page, or the part of one that a server writes when one of its programs crashes. */
function isWebPage(text: string): boolean {
	const start = withoutProlog(text).slice(0, 2000);
	if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(start)) return true;
	return !/[<:]Envelope\b/.test(start) && /<(?:h[1-6]|p|br|b|title|div|center|hr)\b/i.test(start);
}

async function documentOf(
	answer: HttpAnswer,
	text: LongText,
	decoder: Decoder,
): Promise<XmlElement> {
	let failure: unknown;
	try {
		return await parseXml(text.take(), (element, parent) => decoder.take(element, parent));
	} catch (error) {
		failure = error;
	}
	if (failure instanceof Fault) throw failure;
	const reason = failure instanceof XmlFormatError ? failure.reason : 'malformed';
	if (reason !== 'tooLarge' && isBreakdown(text)) throw breakdown(answer);
	if (reason === 'cutOff') {
		throw responseFault(
			answer,
			'The response ends too early',
			'Try again. For long lists, ask for fewer rows. The connection was probably cut while the response was being sent.',
			true,
		);
	}
	if (reason === 'tooLarge') {
		throw responseFault(answer, 'The response is too large to read', FEWER);
	}
	throw responseFault(answer, 'The response is not well-formed XML', ASK_OR_WAIT);
}

function soapFault(fault: XmlElement, status: number): Fault {
	const words =
		descendants(fault, 'faultstring')[0]?.text ?? descendants(fault, 'Text')[0]?.text ?? '';
	const code = descendants(fault, 'faultcode')[0] ?? descendants(fault, 'Value')[0];
	// The service says that the request itself is wrong. Everything else is a fault on its side.
	const isRefused = /(?:Client|Sender|VersionMismatch|MustUnderstand)\b/.test(code?.text ?? '');
	return new Fault(
		isRefused ? 'service' : 'answer',
		'The service could not process the request',
		`Try again later. If it happens again, ask Lursoft's support. The service responded: ${excerpt(words) || 'a SOAP Fault without a text'} (HTTP status ${status})`,
		{ status, transient: !isRefused },
	);
}
