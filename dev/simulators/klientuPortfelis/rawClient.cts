/** Requests written by hand, for what a proper client would not send. */
import { createSign } from 'node:crypto';
import type { KlientuPortfelisSimulator } from '../klientuPortfelis.cts';

export type RawValue = string | number | boolean | readonly string[];
export type RawParameters = Readonly<Record<string, RawValue>>;

/** How the envelope is written; the default is the vendor's sample of get_objects. */
export interface Style {
	/** `<login>` instead of `<ns1:login>`, as in the specification. */
	readonly plain?: boolean;
	/** Without xsi:type. */
	readonly untyped?: boolean;
	/** Sent instead of the right signature; null: none is sent. */
	readonly signature?: string | null;
	/** A wrong type for some parameters. */
	readonly types?: Readonly<Record<string, string>>;
	readonly url?: string;
}

export interface RawAnswer {
	readonly status: number;
	readonly body: string;
	/** The text of the first element of a name; null where it is nil or missing. */
	readonly field: (name: string) => string | null;
	readonly code: number | null;
}

/** PHP's json_encode in terms of JavaScript's own, unlike the simulator's. */
export function phpLikeJson(value: object): string {
	const escape = (character: string): string =>
		`\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
	return JSON.stringify(value)
		.replaceAll('/', '\\/')
		.replace(/[\u0080-\uffff]/g, escape);
}

export function escapeXml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('\r', '&#13;');
}

const typeOf = (value: RawValue): string =>
	typeof value === 'number' ? 'xsd:int' : `xsd:${typeof value}`;

function element(name: string, value: RawValue, style: Style): string {
	if (Array.isArray(value)) {
		const items = value.map((item) => element('item', item, style)).join('');
		const type = ` SOAP-ENC:arrayType="xsd:string[${value.length}]" xsi:type="ns1:stringArray"`;
		return `<${name}${style.untyped ? '' : type}>${items}</${name}>`;
	}
	const type = style.untyped ? '' : ` xsi:type="${style.types?.[name] ?? typeOf(value)}"`;
	return `<${name}${type}>${escapeXml(String(value))}</${name}>`;
}

export function envelope(name: string, parameters: RawParameters, style: Style = {}): string {
	const inner = Object.entries(parameters).map(([key, value]) => element(key, value, style));
	const tag = style.plain ? name : `ns1:${name}`;
	return (
		'<?xml version="1.0" encoding="UTF-8"?>\n' +
		'<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"' +
		' xmlns:ns1="urn:ApiControllerwsdl" xmlns:xsd="http://www.w3.org/2001/XMLSchema"' +
		' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
		' xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/">' +
		`<SOAP-ENV:Body><${tag}>${inner.join('')}</${tag}></SOAP-ENV:Body></SOAP-ENV:Envelope>`
	);
}

export class RawClient {
	sid = '';

	constructor(private readonly simulator: KlientuPortfelisSimulator) {}

	sign(parameters: object): string {
		const { privateKey: key, passphrase } = this.simulator.credentials;
		const signer = createSign('RSA-SHA256').update(phpLikeJson(parameters));
		return signer.sign({ key, passphrase }, 'base64');
	}

	async post(xml: string, url = this.simulator.serviceUrl): Promise<RawAnswer> {
		const headers = { 'content-type': 'text/xml; charset=utf-8' };
		const response = await fetch(url, { method: 'POST', headers, body: xml });
		const body = await response.text();
		const field = (name: string): string | null =>
			new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(body)?.[1] ?? null;
		// The answer's own code is the last one; objects have one too.
		const code = /<code [^>]*>(\d+)<\/code><\/return>/.exec(body.slice(-400))?.[1];
		return { status: response.status, body, field, code: code === undefined ? null : Number(code) };
	}

	/** A signed call with just these parameters. */
	async send(name: string, parameters: RawParameters, style: Style = {}): Promise<RawAnswer> {
		const signature = style.signature === undefined ? this.sign(parameters) : style.signature;
		const signed = signature === null ? parameters : { signature, ...parameters };
		return this.post(envelope(name, signed, style), style.url);
	}

	async login(): Promise<RawAnswer> {
		const { username, password, roleId } = this.simulator.credentials;
		const answer = await this.send('login', { username, password, role_id: roleId });
		this.sid = answer.field('sid') ?? '';
		return answer;
	}

	/** A signed call in the session. */
	async call(name: string, parameters: RawParameters = {}, style?: Style): Promise<RawAnswer> {
		return this.send(name, { sid: this.sid, ...parameters }, style);
	}
}
