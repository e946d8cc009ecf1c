import type { Fault } from '../../../shared/fault';
import type { HttpAnswer } from '../../../shared/http';
import { responseFault } from '../../../shared/responseFault';
import { parseXml, withoutProlog, XmlFormatError, type XmlElement } from '../../../shared/xml';
import { JsonFormatError, parseJson } from './json';
import { parsable } from './references';
import { recordOf, type Tree, type TreeRecord } from './tree';

/** What to do about a response that Rivilė cannot have meant. */
export const ASK_OR_WAIT =
	"Try again later. If this keeps happening, check the 'Endpoint' in the credential, and whether there is a proxy or firewall between n8n and Rivilė.";

/**
 * Reads the body of a response. Its first character tells whether it is JSON or XML: a gateway older
 * than 1.1.0 responds in XML whatever was requested.
 *
 * @returns the content of the document; an empty text for an empty body, and the text itself when the
 * body of a refusal is neither JSON nor XML
 * @throws Fault (answer) when it is a web page, cut off, or neither JSON nor XML
 */
export async function readTree(answer: HttpAnswer): Promise<Tree> {
	const text = answer.body.trim();
	if (text === '') return '';
	if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(withoutProlog(text))) {
		throw responseFault(
			answer,
			'A web page came back instead of a response from Rivilė',
			ASK_OR_WAIT,
		);
	}
	if (text.startsWith('<')) return await readXml(answer, text);
	if (/^[[{"]|^null$/.test(text)) return await readJson(answer, text);
	if (answer.status >= 400) return text;
	throw responseFault(answer, 'The response did not come from Rivilė', ASK_OR_WAIT);
}

function cutOff(answer: HttpAnswer): Fault {
	const description =
		'Run the workflow again. The connection was probably cut while the response was being sent. If this keeps happening, ask for fewer rows.';
	return responseFault(answer, "Rivilė's response ends too early", description, true);
}

async function readXml(answer: HttpAnswer, text: string): Promise<Tree> {
	const root = await documentOf(text);
	if (root === 'cutOff') throw cutOff(answer);
	if (root === 'tooLarge') throw tooLarge(answer);
	if (root === 'malformed') {
		throw responseFault(answer, "Rivilė's response is not valid XML", ASK_OR_WAIT);
	}
	return root;
}

function tooLarge(answer: HttpAnswer): Fault {
	const description =
		"Narrow the filter, or check the 'Endpoint' in the credential. The gateway itself does not send responses this large.";
	return responseFault(answer, "Rivilė's response is too large", description);
}

type Reason = XmlFormatError['reason'];

/** Completes a document without its last character, like the specification's sample of a refusal. */
async function documentOf(text: string): Promise<TreeRecord | Reason> {
	const rest = withoutProlog(text);
	if (/^(?:<[?!-]{0,3})?$|^<\?|^<!--/.test(rest)) return 'cutOff';
	// Without a limit, a name of several megabytes would overflow the stack of the regular expression.
	const root = /^<([^\s/>]{1,100})/.exec(rest)?.[1];
	return await tryXml(root !== undefined && rest.endsWith(`</${root}`) ? `${text}>` : text);
}

/** Converts elements while the document is being read, so that it is never in memory twice. */
async function tryXml(text: string): Promise<TreeRecord | Reason> {
	const parts = new Map<XmlElement, Tree>();
	const { text: document, restore } = parsable(text);
	try {
		const root = await parseXml(document, (element) => {
			parts.set(element, ofElement(element, parts, restore));
			return true;
		});
		return new Map([[root.name, parts.get(root) ?? '']]);
	} catch (error) {
		return error instanceof XmlFormatError ? error.reason : 'malformed';
	}
}

function ofElement(
	{ children, text }: XmlElement,
	parts: Map<XmlElement, Tree>,
	restore: (text: string) => string,
): Tree {
	if (children.length === 0) return restore(text);
	return recordOf(
		children.map((child) => {
			const part = parts.get(child) ?? '';
			parts.delete(child);
			return [child.name, part];
		}),
	);
}

async function readJson(answer: HttpAnswer, text: string): Promise<Tree> {
	const outcome = await tryJson(text);
	if ('tree' in outcome) return outcome.tree;
	if (outcome.reason === 'cutOff') throw cutOff(answer);
	if (outcome.reason === 'tooLarge') throw tooLarge(answer);
	// A database message may begin like JSON: [Microsoft][ODBC SQL Server Driver]
	if (answer.status >= 400 && text.startsWith('[')) return text;
	throw responseFault(answer, "Rivilė's response is not valid JSON", ASK_OR_WAIT);
}

async function tryJson(text: string): Promise<{ tree: Tree } | { reason: Reason }> {
	try {
		return { tree: await parseJson(text) };
	} catch (error) {
		return { reason: error instanceof JsonFormatError ? error.reason : 'malformed' };
	}
}
