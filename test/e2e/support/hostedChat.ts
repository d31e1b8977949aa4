import { WebSocket } from 'ws';

import type { N8n } from './n8n';
import { until } from './until';

/** What n8n asks a person in the chat. */
interface ChatQuestion {
	readonly text: string;
	readonly buttons: readonly { readonly text: string; readonly link: string }[];
}

interface Started {
	readonly executionId: string;
	readonly resumeToken?: string;
}

const HEARTBEAT = 'n8n|heartbeat';
/** n8n does not take a program's click for a decision. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0';
const CONTINUE = 'n8n|continue';

/** n8n's hosted chat page, as a person uses it. */
export class HostedChat {
	private readonly heard: string[] = [];
	private socket: WebSocket | undefined;

	private constructor(private readonly url: string) {}

	/** Writes the first message to the chat of a published workflow. */
	static async write(n8n: N8n, webhookId: string, chatInput: string): Promise<HostedChat> {
		const sessionId = 'session';
		const body = { action: 'sendMessage', sessionId, chatInput };
		const { json } = await n8n.callWebhook(`${webhookId}/chat`, body);
		const { executionId, resumeToken = '' } = json as Started;
		const query = `sessionId=${sessionId}&executionId=${executionId}&isPublic=true&token=${resumeToken}`;
		const chat = new HostedChat(`${n8n.rest.url.replace('http', 'ws')}/chat?${query}`);
		await chat.load();
		return chat;
	}

	/** Loads the page, or loads it again: n8n shows the same node's next question only to a page that is new. */
	async load(): Promise<void> {
		this.close();
		const socket = new WebSocket(this.url);
		this.socket = socket;
		socket.on('message', (data: Buffer) => {
			const text = data.toString('utf8');
			if (text === HEARTBEAT) socket.send('n8n|heartbeat-ack');
			else if (text !== CONTINUE) this.heard.push(text);
		});
		await until('the chat', () => socket.readyState === WebSocket.OPEN);
	}

	/** Waits for a question with buttons. */
	async question(): Promise<ChatQuestion> {
		return JSON.parse(await this.next()) as ChatQuestion;
	}

	/** Waits for what n8n writes next. */
	async next(): Promise<string> {
		return await until('a message in the chat', () => this.heard.shift());
	}

	/** Presses a button. */
	async press({ buttons }: ChatQuestion, label: string): Promise<void> {
		const button = buttons.find(({ text }) => text === label);
		if (!button) throw new Error(`There is no button "${label}".`);
		const { status } = await fetch(button.link, { headers: { 'user-agent': BROWSER } });
		if (status !== 200) throw new Error(`The button answered ${status}.`);
	}

	/** Closes the page. */
	close(): void {
		this.socket?.terminate();
	}
}
