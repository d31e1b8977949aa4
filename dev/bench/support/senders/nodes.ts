import path from 'node:path';

import { loadPackage } from '../../../headless-n8n';
import type { Job } from '../types';
import { engineSender } from './engineSender';
import { headersFor, logIn } from './loop';
import type { Sender } from './types';

/** The folder of the package under test: its build is in `dist`. */
export const ROOT = path.join(__dirname, '../../../..');
/** Where the benchmark installs its peer. */
const PEER = path.join(__dirname, '../../peer/node_modules/n8n-nodes-base');

/** The node under test with the job's Delivery Options. */
export async function genesysCloudNode(job: Job): Promise<Sender> {
	const reuseConnections = job.sender === 'nodeReusing';
	return engineSender(
		await loadPackage(ROOT),
		{
			type: 'n8n-nodes-genesys-cloud.genesysCloud',
			typeVersion: 1,
			parameters: {
				resource: 'webMessage',
				operation: 'send',
				contactId: '={{ $json.contactId }}',
				message: '={{ $json.message }}',
				delivery: { concurrency: job.concurrency, reuseConnections, ...job.delivery },
			},
		},
		job,
	);
}

/**
 * n8n's HTTP Request node, its newest version with its defaults. It gets a valid access token as a
 * fixed header, which is faster for it than the credential. One refused call does not end it.
 */
export async function httpRequestNode(job: Job): Promise<Sender> {
	const headers = headersFor(await logIn(job.url));
	const options = job.batching && { batching: { batch: { ...job.batching } } };
	return engineSender(
		await loadPackage(PEER, { includeNodes: ['n8n-nodes-base.httpRequest'] }),
		{
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.5,
			parameters: {
				method: 'POST',
				url: `${job.url}/api/v2/webchat/messaging`,
				sendHeaders: true,
				headerParameters: {
					parameters: [{ name: 'authorization', value: headers.authorization ?? '' }],
				},
				sendBody: true,
				specifyBody: 'keypair',
				bodyParameters: {
					parameters: [
						{ name: 'contactId', value: '={{ $json.contactId }}' },
						{ name: 'type', value: 'bot' },
						{ name: 'message', value: '={{ $json.message }}' },
					],
				},
				options: options ?? {},
			},
		},
		job,
	);
}
