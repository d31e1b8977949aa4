import path from 'node:path';

import { loadPackage } from '../../../headless-n8n';
import type { Job } from '../types';
import { engineSender } from './engineSender';
import { headersFor, logIn } from './loop';
import { withNeighbour } from './neighbour';
import type { Sender } from './types';

/** The folder of the package under test: its build is in `dist`. */
export const ROOT = path.join(__dirname, '../../../..');
/** Where the benchmark installs its peer. */
const PEER = path.join(__dirname, '../../peer/node_modules/n8n-nodes-base');

/** The node under test with the job's Delivery Options. */
export async function genesysCloudNode(job: Job): Promise<Sender> {
	const reuseConnections = job.sender === 'nodeReusing';
	const sender = engineSender(
		[await loadPackage(job.build ?? ROOT)],
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
	return job.neighbour === undefined ? sender : withNeighbour(sender, job.url, job.neighbour);
}

/**
 * n8n's HTTP Request node, its newest version with its defaults: with this package's credential, as people
 * use it, or with a valid access token as a fixed header, which is faster. One refused call does not end it.
 */
export async function httpRequestNode(job: Job): Promise<Sender> {
	const { authorization = '' } = headersFor(await logIn(job.url));
	const authentication =
		job.sender === 'httpRequestCredential'
			? { authentication: 'predefinedCredentialType', nodeCredentialType: 'genesysCloudApi' }
			: {
					sendHeaders: true,
					headerParameters: { parameters: [{ name: 'authorization', value: authorization }] },
				};
	const options = job.batching && { batching: { batch: { ...job.batching } } };
	return engineSender(
		[
			await loadPackage(PEER, { includeNodes: ['n8n-nodes-base.httpRequest'] }),
			await loadPackage(ROOT),
		],
		{
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.5,
			parameters: {
				method: 'POST',
				url: `${job.url}/api/v2/webchat/messaging`,
				...authentication,
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
