/**
 * What libxml, behind PHP's SoapServer, does to a document and node-soap's parser (sax) does not:
 * line ends become LF, CDATA is text, forbidden characters and undeclared names are refused.
 */
import { SoapFaultError } from './errors.cts';

const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const REFERENCE = /&(?:#x([\dA-Fa-f]+);|#(\d+);|(?:amp|lt|gt|quot|apos);)?/g;

function refuse(reason: string): never {
	throw new SoapFaultError(`Bad Request: ${reason}`);
}

function decode(body: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(body);
	} catch {
		return refuse('not UTF-8');
	}
}

const escapeText = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function checkReferences(xml: string): void {
	for (const [whole, hex, decimal] of xml.matchAll(REFERENCE)) {
		if (whole === '&') refuse('unknown entity');
		const digits = hex ?? decimal;
		if (digits === undefined) continue;
		const point = Number.parseInt(digits, hex === undefined ? 10 : 16);
		if (point > 0x10ffff || FORBIDDEN.test(String.fromCodePoint(point))) {
			refuse(`forbidden character ${whole}`);
		}
	}
}

/** Each prefix in use has to be declared somewhere; node-soap takes any. */
function checkPrefixes(xml: string): void {
	for (const [tag] of xml.matchAll(/<[^!?][^>]*>/g)) {
		const names = tag.replace(/"[^"]*"|'[^']*'/g, '');
		for (const [, prefix] of names.matchAll(/[<\s/]([\w.-]+):[\w.-]/g)) {
			if (prefix === 'xmlns' || prefix === 'xml') continue;
			if (!xml.includes(`xmlns:${prefix}=`)) refuse(`undeclared prefix ${prefix}`);
		}
	}
}

/** The document as text in which each element's text is one piece and line ends are LF. */
export function xmlText(body: Uint8Array): string {
	const raw = decode(body);
	if (FORBIDDEN.test(raw)) refuse('forbidden character');
	const xml = raw
		.replace(/\r\n?/g, '\n')
		// sax gives text, CDATA and what follows a comment as pieces, and node-soap keeps the last
		// one only where the element has an xsi:type, so the pieces are joined here.
		.replace(/<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, text?: string) =>
			escapeText(text ?? ''),
		);
	if (xml.includes('<!DOCTYPE')) refuse('DTD are not supported by SOAP');
	checkReferences(xml);
	checkPrefixes(xml);
	return xml;
}
