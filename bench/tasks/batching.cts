/** Objects added: by the node, and by a chain of nodes that n8n brings along. */
import type { NodeJson, WorkflowJson } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';
import { BareClient, type Service } from '../lib/kp.cts';
import { KLIENTU_PORTFELIS, openEngine, pinned, succeeded } from '../lib/n8n.cts';
import { serve } from '../lib/task.cts';
import { scaled } from '../lib/time.cts';

export interface Input {
	readonly service: Service;
	readonly listId: number;
	readonly objects: number;
	/** The node, so many items at a time; or the chain, sent as HTTP Request's batching says. */
	readonly by: 'node' | 'chain';
	readonly batch?: { readonly batchSize: number; readonly batchInterval: number };
}

const batching = ({ batch }: Input) => (batch === undefined ? {} : { batching: { batch } });

function nodeWorkflow(input: Input): WorkflowJson {
	return chain({
		name: 'Add',
		type: KLIENTU_PORTFELIS,
		parameters: {
			resource: 'object',
			operation: 'create',
			listId: { __rl: true, mode: 'id', value: String(input.listId) },
			type: 'COMPANY',
			code: '={{ $json.code }}',
			options: batching(input),
		},
		credentials: { klientuPortfelisApi: { id: '1', name: 'Account' } },
	});
}

/** The text that is signed, as PHP's json_encode writes it. */
const signedText = (sid: string, listId: number) =>
	`={{ JSON.stringify({ sid: ${JSON.stringify(sid)}, list_id: ${listId}, code: $json.code, type: "COMPANY" })` +
	'.replaceAll("/", "\\\\/")' +
	'.replace(/[\\u0080-\\uffff]/g, (sign) => "\\\\u" + sign.charCodeAt(0).toString(16).padStart(4, "0")) }}';

const element = (name: string, type: string, value: string) =>
	`<${name} xsi:type="xsd:${type}">${value}</${name}>`;

const envelope = (sid: string, listId: number) =>
	'=<?xml version="1.0" encoding="UTF-8"?>' +
	'<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="urn:ApiControllerwsdl" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
	'<SOAP-ENV:Body><ns1:add_object>' +
	element('signature', 'string', '{{ $json.signature }}') +
	element('sid', 'string', sid) +
	element('list_id', 'int', String(listId)) +
	element('code', 'string', '{{ $json.code }}') +
	element('type', 'string', 'COMPANY') +
	'</ns1:add_object></SOAP-ENV:Body></SOAP-ENV:Envelope>';

const base = 'n8n-nodes-base.';

/** Where n8n's XML node puts what the service returned. */
const returned = '$json["SOAP-ENV:Envelope"]["SOAP-ENV:Body"]["ns1:add_objectResponse"].return';

const isAdded = {
	id: 'added',
	leftValue: `={{ ${returned}.success._ }}`,
	rightValue: 'true',
	operator: { type: 'string', operation: 'equals' },
};

const fieldOfObject = (name: string) => ({
	id: name,
	name,
	type: 'string',
	value: `={{ ${returned}.object.${name}._ }}`,
});

/**
 * The shortest chain that does the same: what is signed, the signature, the call, the answer, whether
 * the service refused, and the object without its wrappings.
 */
function chainWorkflow(input: Input, sid: string): WorkflowJson {
	const { service, listId } = input;
	const text = { id: 'text', name: 'text', type: 'string', value: signedText(sid, listId) };
	const nodes: Array<Partial<NodeJson> & { name: string; type: string }> = [
		{
			name: 'Text',
			type: `${base}set`,
			typeVersion: 3.4,
			parameters: { assignments: { assignments: [text] }, includeOtherFields: true, options: {} },
		},
		{
			name: 'Signature',
			type: `${base}crypto`,
			typeVersion: 1,
			parameters: {
				action: 'sign',
				value: '={{ $json.text }}',
				dataPropertyName: 'signature',
				algorithm: 'RSA-SHA256',
				encoding: 'base64',
				privateKey: service.credentials.privateKey,
			},
		},
		{
			name: 'Call',
			type: `${base}httpRequest`,
			typeVersion: 4.2,
			parameters: {
				method: 'POST',
				url: service.serviceUrl,
				sendBody: true,
				contentType: 'raw',
				rawContentType: 'text/xml; charset=utf-8',
				body: envelope(sid, listId),
				options: batching(input),
			},
		},
		{ name: 'Answer', type: `${base}xml`, parameters: { options: {} } },
		{
			name: 'Added',
			type: `${base}filter`,
			typeVersion: 2.2,
			parameters: {
				conditions: { combinator: 'and', conditions: [isAdded], options: {} },
				options: {},
			},
		},
		{
			name: 'Object',
			type: `${base}set`,
			typeVersion: 3.4,
			parameters: {
				assignments: { assignments: ['id', 'code', 'name'].map(fieldOfObject) },
				options: {},
			},
		},
	];
	return chain(...nodes);
}

const engine = openEngine([
	'Set/Set',
	'Crypto/Crypto',
	'HttpRequest/HttpRequest',
	'Xml/Xml',
	'Filter/Filter',
]);
let sid: Promise<string> | undefined;
let added = 0;

serve(async (input: Input) => {
	const opened = await engine;
	sid ??= new BareClient(input.service).login();
	const workflow = input.by === 'node' ? nodeWorkflow(input) : chainWorkflow(input, await sid);
	const pinData = pinned(input.objects, () => ({ code: String(42_000_000_000 + added++) }));
	const credentials = { Account: input.service.credentials };
	return await scaled(input.objects, async () => {
		const result = succeeded(await opened.run(workflow, { credentials, pinData }));
		const items = result.items(input.by === 'node' ? 'Add' : 'Object');
		const ids = new Set(items.map(({ json }) => Number(json.id)));
		if (ids.size !== input.objects) throw new Error(`${ids.size} objects came out`);
	});
});
