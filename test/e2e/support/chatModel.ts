import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message of the chat completions API, as far as it matters here. */
interface ChatMessage {
	readonly role: string;
	readonly content?: unknown;
}

/** What the model answers: a text, or the call of a tool. */
type ModelAnswer =
	| { readonly text: string }
	| { readonly tool: string; readonly args: Readonly<Record<string, unknown>> };

/** What n8n offers to a model. */
export interface ModelRequest {
	readonly messages: readonly ChatMessage[];
	readonly tools?: readonly {
		readonly function: { readonly name: string; readonly description: string };
	}[];
}

/** A running stand-in for a chat model. */
export interface ChatModel {
	/** The base URL for n8n's OpenAI credential. */
	readonly url: string;
	/** What n8n asked so far. */
	readonly requests: readonly ModelRequest[];
	stop(): Promise<void>;
}

/**
 * Starts a chat model that follows a script, behind OpenAI's chat completions API.
 *
 * @param script what it answers, one entry for each request; gets the request
 * @returns the running model
 */
export async function startChatModel(
	script: readonly ((request: ModelRequest) => ModelAnswer)[],
): Promise<ChatModel> {
	const requests: ModelRequest[] = [];
	const server = createServer((incoming, outgoing) => {
		void readJson(incoming).then((request) => {
			const answer = script[requests.length]?.(request) ?? { text: 'The script has ended.' };
			requests.push(request);
			outgoing.writeHead(200, { 'content-type': 'application/json' });
			outgoing.end(JSON.stringify(completion(answer, requests.length)));
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests,
		stop: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
			});
		},
	};
}

async function readJson(incoming: IncomingMessage): Promise<ModelRequest> {
	let text = '';
	for await (const chunk of incoming) text += String(chunk);
	return JSON.parse(text) as ModelRequest;
}

function completion(answer: ModelAnswer, number: number) {
	const isText = 'text' in answer;
	const message = isText
		? { role: 'assistant', content: answer.text }
		: { role: 'assistant', content: null, tool_calls: [toolCall(answer, number)] };
	return {
		id: `completion-${number}`,
		object: 'chat.completion',
		created: 1_700_000_000,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: isText ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

function toolCall({ tool, args }: Extract<ModelAnswer, { tool: string }>, number: number) {
	const call = { name: tool, arguments: JSON.stringify(args) };
	return { id: `call-${number}`, type: 'function', function: call };
}
