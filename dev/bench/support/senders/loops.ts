import { Agent } from 'node:https';

import { OutboundHttp } from '@n8n/backend-network';
import { Container } from '@n8n/di';
import axios from 'axios';
import { ApiClient } from 'purecloud-platform-client-v2';

import { createEngine } from '../../../headless-n8n';
import type { Job } from '../types';
import { headersFor, logIn, loopOver } from './loop';
import type { Sender } from './types';

const PATH = '/api/v2/webchat/messaging';

interface Answer {
	readonly id: string;
}

/** The bare loop over n8n's own request helper: what a node that uses it can reach at best. */
export async function helperLoop({ url, concurrency }: Job): Promise<Sender> {
	createEngine({ packages: [] }); // prepares n8n's services
	const headers = headersFor(await logIn(url));
	return loopOver(concurrency, async (body) => {
		const answer = (await Container.get(OutboundHttp)
			.requests()
			.request({
				method: 'POST',
				url: url + PATH,
				headers: { ...headers },
				body: JSON.stringify(body),
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: 30_000,
			})) as { body: Answer };
		return answer.body.id;
	});
}

/** The bare loop over Node's `fetch`. */
export async function fetchLoop({ url, concurrency }: Job): Promise<Sender> {
	const headers = headersFor(await logIn(url));
	return loopOver(concurrency, async (body) => {
		const init = { method: 'POST', headers, body: JSON.stringify(body) };
		const answer = (await (await fetch(url + PATH, init)).json()) as Answer;
		return answer.id;
	});
}

/** The bare loop over axios with an agent that keeps connections open. */
export async function axiosLoop({ url, concurrency }: Job): Promise<Sender> {
	const headers = headersFor(await logIn(url));
	const http = axios.create({ httpsAgent: new Agent({ keepAlive: true }), headers });
	return loopOver(concurrency, async (body) => (await http.post<Answer>(url + PATH, body)).data.id);
}

/** The loop over the official SDK's generic call, which all its API classes go through. */
export async function sdkLoop({ url, concurrency }: Job): Promise<Sender> {
	const { hostname, port } = new URL(url);
	const client = ApiClient.instance;
	client.config.setGateway({ host: hostname, protocol: 'https', port: Number(port) });
	client.setAccessToken(await logIn(url));
	const json = ['application/json'];
	return loopOver(concurrency, async (body) => {
		const call = client.callApi(
			PATH,
			'POST',
			{},
			{},
			{},
			{},
			body,
			['PureCloud OAuth'],
			json,
			json,
		);
		return ((await call) as Answer).id;
	});
}
