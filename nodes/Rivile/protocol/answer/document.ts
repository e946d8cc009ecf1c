import { excerpt, Fault } from '../../../shared/fault';
import { isTransientStatus, type HttpAnswer } from '../../../shared/http';
import { parseXml, withoutProlog, XmlFormatError, type XmlElement } from '../../../shared/xml';
import { JsonFormatError, parseJson } from './json';
import { parsable } from './references';
import { recordOf, type Tree, type TreeRecord } from './tree';

const ASK_OR_WAIT =
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
		throw answerFault(
			answer,
			'A web page came back instead of a response from Rivilė',
			ASK_OR_WAIT,
		);
	}
	if (text.startsWith('<')) return await readXml(answer, text);
	if (/^[[{"]|^null$/.test(text)) return await readJson(answer, text);
	if (answer.status >= 400) return text;
	throw answerFault(answer, 'The response did not come from Rivilė', ASK_OR_WAIT);
}

/** A fault about the response itself, with the beginning of its body. */
export function answerFault(
	answer: HttpAnswer,
	message: string,
	description = ASK_OR_WAIT,
	transient = false,
): Fault {
	const begins = answer.body.trim() === '' ? '' : ` The response begins: ${excerpt(answer.body)}`;
	const { status, retryAfter } = answer;
	return new Fault('answer', message, `${description} (HTTP status ${status})${begins}`, {
		...(status >= 400 && { status }),
		...(retryAfter !== undefined && { retryAfter }),
		transient: transient || isTransientStatus(status),
	});
}

function cutOff(answer: HttpAnswer): Fault {
	const description =
		'Run the workflow again. The connection was probably cut while the response was being sent. If this keeps happening, ask for fewer rows.';
	return answerFault(answer, "Rivilė's response ends too early", description, true);
}

async function readXml(answer: HttpAnswer, text: string): Promise<Tree> {
	const root = await documentOf(text);
	if (root === 'cutOff') throw cutOff(answer);
	if (root === 'tooLarge') throw tooLarge(answer);
	if (root === 'malformed') throw answerFault(answer, "Rivilė's response is not valid XML");
	return root;
}

function tooLarge(answer: HttpAnswer): Fault {
	const description =
		"Narrow the filter, or check the 'Endpoint' in the credential. The gateway itself does not send responses this large.";
	return answerFault(answer, "Rivilė's response is too large", description);
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
	throw answerFault(answer, "Rivilė's response is not valid JSON");
}

async function tryJson(text: string): Promise<{ tree: Tree } | { reason: Reason }> {
	try {
		return { tree: await parseJson(text) };
	} catch (error) {
		return { reason: error instanceof JsonFormatError ? error.reason : 'malformed' };
	}
}
