import type { Fault } from '../../../shared/fault';
import type { HttpAnswer } from '../../../shared/http';
import { responseFault } from '../../../shared/responseFault';
import { parseXml, withoutProlog, XmlFormatError, type XmlElement } from '../../../shared/xml';
import { JsonFormatError, parseJson } from './json';
import { parsable } from './references';
import { recordOf, type Tree, type TreeRecord } from './tree';

/** What to do about a response that Rivilė cannot have meant. */
export const ASK_OR_WAIT =
	'Try again later. If it stays, check the Endpoint in the credential, and whether a proxy or firewall stands between n8n and Rivilė.';

/**
 * Reads the text of an answer. Its first character tells whether it is JSON or XML: a gateway older
 * than 1.1.0 answers XML whatever it is asked for.
 *
 * @returns what the document holds; the empty text for an empty answer, and the text itself when an
 * answer that refuses is neither JSON nor XML
 * @throws Fault (answer) when it is a page for people, cut off, or neither JSON nor XML
 */
export async function readTree(answer: HttpAnswer): Promise<Tree> {
	const text = answer.body.trim();
	if (text === '') return '';
	if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(withoutProlog(text))) {
		throw responseFault(answer, 'A web page came instead of an answer of Rivilė', ASK_OR_WAIT);
	}
	if (text.startsWith('<')) return await readXml(answer, text);
	if (/^[[{"]|^null$/.test(text)) return await readJson(answer, text);
	if (answer.status >= 400) return text;
	throw responseFault(answer, 'The answer is not one of Rivilė', ASK_OR_WAIT);
}

function cutOff(answer: HttpAnswer): Fault {
	const description =
		'The connection was probably cut while it was being sent. Run the workflow again; if it stays, ask for fewer rows.';
	return responseFault(answer, "Rivilė's answer ends too early", description, true);
}

async function readXml(answer: HttpAnswer, text: string): Promise<Tree> {
	const root = await documentOf(text);
	if (root === 'cutOff') throw cutOff(answer);
	if (root === 'tooLarge') throw tooLarge(answer);
	if (root === 'malformed')
		throw responseFault(answer, "Rivilė's answer is not well-formed XML", ASK_OR_WAIT);
	return root;
}

function tooLarge(answer: HttpAnswer): Fault {
	const description =
		'No answer of the gateway is that long. Narrow the filter, or check the Endpoint in the credential.';
	return responseFault(answer, "Rivilė's answer holds more than can be read", description);
}

type Reason = XmlFormatError['reason'];

/** The specification's sample of a refusal lacks the last character, and nothing is lost with it. */
async function documentOf(text: string): Promise<TreeRecord | Reason> {
	const rest = withoutProlog(text);
	if (/^(?:<[?!-]{0,3})?$|^<\?|^<!--/.test(rest)) return 'cutOff';
	// Without a bound a name of megabytes would take more than the stack of regular expressions.
	const root = /^<([^\s/>]{1,100})/.exec(rest)?.[1];
	return await tryXml(root !== undefined && rest.endsWith(`</${root}`) ? `${text}>` : text);
}

/** Elements become parts while the document is being read, so that it is never held twice. */
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
	// Words of a database may begin like JSON: [Microsoft][ODBC SQL Server Driver]
	if (answer.status >= 400 && text.startsWith('[')) return text;
	throw responseFault(answer, "Rivilė's answer is not well-formed JSON", ASK_OR_WAIT);
}

async function tryJson(text: string): Promise<{ tree: Tree } | { reason: Reason }> {
	try {
		return { tree: await parseJson(text) };
	} catch (error) {
		return { reason: error instanceof JsonFormatError ? error.reason : 'malformed' };
	}
}
