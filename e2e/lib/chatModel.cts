/**
 * A chat model behind an OpenAI-compatible API, on loopback. It decides by a policy that is plain code
 * and that knows what a real model would know: the conversation, and the tools as n8n describes them.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Json } from './api.cts';

/** A tool as the request offers it. */
export interface Tool {
	readonly name: string;
	readonly description: string;
	/** The JSON schema of its arguments. */
	readonly parameters: {
		readonly properties?: Readonly<Record<string, { type?: string; description?: string }>>;
		readonly required?: readonly string[];
	};
}

export interface ToolCall {
	readonly name: string;
	readonly arguments: Json;
}

/** A call with what came back: the items of the tool, or its error in words. */
export interface ToolResult extends ToolCall {
	readonly response: string;
}

/** What the model sees when it has to say something. */
export interface Conversation {
	readonly system: string;
	readonly question: string;
	readonly tools: readonly Tool[];
	/** The calls so far, oldest first. */
	readonly results: readonly ToolResult[];
}

/** What the model says: text for the user, or tools to call. */
export type Reply = string | readonly ToolCall[];

export type Policy = (conversation: Conversation) => Reply;

interface Message {
	readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
	readonly content: string | ReadonlyArray<{ readonly text?: string }> | null;
	readonly tool_calls?: ReadonlyArray<{
		readonly id: string;
		readonly function: { readonly name: string; readonly arguments: string };
	}>;
	readonly tool_call_id?: string;
}

interface CompletionRequest {
	readonly model: string;
	readonly messages: readonly Message[];
	readonly tools?: ReadonlyArray<{ readonly function: Tool }>;
	readonly stream?: boolean;
}

const textOf = ({ content }: Message): string =>
	typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join('');

function conversationOf({ messages, tools = [] }: CompletionRequest): Conversation {
	const said = (...roles: string[]) => messages.filter(({ role }) => roles.includes(role));
	const responses = new Map(said('tool').map((one) => [one.tool_call_id, textOf(one)]));
	const [question] = said('user').slice(-1);
	return {
		system: said('system', 'developer').map(textOf).join('\n'),
		question: question === undefined ? '' : textOf(question),
		tools: tools.map((tool) => tool.function),
		results: said('assistant').flatMap(({ tool_calls: calls = [] }) =>
			calls.map(({ id, function: { name, arguments: given } }) => ({
				name,
				arguments: withoutId(JSON.parse(given) as Json, id),
				response: responses.get(id) ?? '',
			})),
		),
	};
}

/** n8n stores the ID of a call among its arguments, and repeats them so. */
function withoutId(given: Json, callId: string): Json {
	const { id, ...others } = given;
	return id === callId ? others : given;
}

/** The words that tell one wish from another. */
const words = (text: string) =>
	new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !FILLERS.has(word)));

const FILLERS = new Set(['a', 'an', 'and', 'by', 'in', 'of', 'or', 'the', 'to']);

/**
 * The tool that suits a wish best, as a model picks it: by the words of its name and description.
 *
 * @throws Error when no tool suits, or when two suit equally well
 */
export function pick(tools: readonly Tool[], wish: string): Tool {
	const wanted = [...words(wish)];
	const scored = tools
		.map((tool) => {
			const offered = words(`${tool.name.replaceAll('_', ' ')} ${tool.description}`);
			return { tool, score: wanted.filter((word) => offered.has(word)).length };
		})
		.sort((a, b) => b.score - a.score);
	const [best, second] = scored;
	if (best === undefined || best.score * 2 <= wanted.length) {
		throw new Error(`No tool is for "${wish}": ${tools.map(({ name }) => name).join(', ')}`);
	}
	if (best.score === second?.score) {
		throw new Error(`For "${wish}", ${best.tool.name} and ${second.tool.name} look the same`);
	}
	return best.tool;
}

/**
 * Calls a tool with what is known, by the names of its arguments.
 *
 * @throws Error when the tool asks for something that is not known
 */
export function callOf(tool: Tool, known: Json): ToolCall {
	const { properties = {} } = tool.parameters;
	const given = Object.keys(properties).map((name) => {
		if (known[name] === undefined) throw new Error(`${tool.name} asks for ${name}`);
		return [name, known[name]] as const;
	});
	return { name: tool.name, arguments: Object.fromEntries(given) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

/** The model's message as the API writes it. */
function messageOf(reply: Reply, turn: number): Json {
	if (typeof reply === 'string') return { role: 'assistant', content: reply };
	const calls = reply.map(({ name, arguments: given }, index) => ({
		id: `call_${turn}_${index}`,
		type: 'function',
		function: { name, arguments: JSON.stringify(given) },
	}));
	return { role: 'assistant', content: null, tool_calls: calls };
}

const USAGE = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };

export class ChatModel {
	/** What the model saw, request by request. */
	readonly conversations: Conversation[] = [];
	/** How many responses were streamed. */
	streamed = 0;
	private policy: Policy = () => '';

	private constructor(private readonly server: Server) {}

	static async start(): Promise<ChatModel> {
		const server = createServer();
		const model = new ChatModel(server);
		server.on('request', (request, response) => void model.serve(request, response));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return model;
	}

	/** The base URL for the OpenAI credential. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
	}

	/** Thinks like this from now on, and forgets the conversations so far. */
	follow(policy: Policy): void {
		this.policy = policy;
		this.conversations.length = 0;
		this.streamed = 0;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await bodyOf(request);
		if (request.url !== '/v1/chat/completions') {
			this.json(response, 404, { error: { message: `No ${request.url}` } });
			return;
		}
		const asked = JSON.parse(body) as CompletionRequest;
		const conversation = conversationOf(asked);
		this.conversations.push(conversation);
		try {
			this.reply(response, asked, this.policy(conversation));
		} catch (error) {
			// A status that the client does not retry; its message ends up in the execution's error.
			const message = `The policy failed: ${String(error)}`;
			this.json(response, 400, { error: { message, type: 'invalid_request_error' } });
		}
	}

	private reply(
		response: ServerResponse,
		{ model, stream }: CompletionRequest,
		reply: Reply,
	): void {
		const message = messageOf(reply, this.conversations.length);
		const finish = typeof reply === 'string' ? 'stop' : 'tool_calls';
		const common = { id: `chatcmpl-${this.conversations.length}`, created: 0, model };
		if (stream !== true) {
			const choices = [{ index: 0, message, finish_reason: finish }];
			this.json(response, 200, { ...common, object: 'chat.completion', choices, usage: USAGE });
			return;
		}
		this.streamed++;
		const calls = (message.tool_calls ?? []) as Json[];
		const delta = { ...message, ...(calls.length > 0 && { tool_calls: numbered(calls) }) };
		const chunk = (choices: Json[], more: Json = {}) =>
			`data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices, ...more })}\n\n`;
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		response.write(chunk([{ index: 0, delta, finish_reason: null }]));
		response.write(chunk([{ index: 0, delta: {}, finish_reason: finish }]));
		response.end(`${chunk([], { usage: USAGE })}data: [DONE]\n\n`);
	}

	private json(response: ServerResponse, status: number, body: Json): void {
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(JSON.stringify(body));
	}
}

/** In a stream, each call says which one it is. */
const numbered = (calls: readonly Json[]) => calls.map((call, index) => ({ index, ...call }));
