import type { IDataObject } from 'n8n-workflow';

import { beds, type Bed } from '../support/bed';
import { messageBy, recipients } from '../support/messages';
import { jsonOf } from '../support/outcomes';
import { readerPackage, READER_TYPE } from '../support/readerPackage';
import { CREDENTIAL_ID, node, to } from '../support/workflows';

const openBed = beds();
const open = async () => await openBed({ packages: [readerPackage] });
const ME = '/api/v2/tokens/me';

/** Trigger → a node that makes calls with the credential as the HTTP Request node does. */
async function call(bed: Bed, ...requests: IDataObject[]) {
	const credentials = { genesysCloudApi: { id: CREDENTIAL_ID, name: 'Genesys Cloud' } };
	const parameters = { requests, legacy: true } as never;
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node('Reader', READER_TYPE, { parameters, credentials }),
	];
	const connections = { Start: { main: [[to('Reader')]] } };
	const result = await bed.engine.run({ id: 'wf', nodes, connections });
	return { result, answers: result.outputOf('Reader').map(({ json }) => json) };
}

describe('the credential in the HTTP Request node', () => {
	it('authenticates a call of the API', async () => {
		const bed = await open();
		const { answers } = await call(bed, { uri: bed.simulator.url + ME });
		expect(answers).toMatchObject([{ OAuthClient: { id: bed.client.clientId } }]);
		expect(bed.simulator.stats.tokenRequests).toBe(1);
	});

	it('posts a body with headers and a query of its own', async () => {
		const bed = await open();
		const { answers } = await call(bed, {
			method: 'POST',
			uri: `${bed.simulator.url}/api/v2/conversations/messages/agentless`,
			qs: { useNormalizedMessage: true },
			headers: { 'x-own': 'yes' },
			body: {
				fromAddress: '+12025550100',
				toAddress: '+12025550143',
				toAddressMessengerType: 'sms',
				textBody: 'Hi',
			},
		});
		expect(answers).toMatchObject([{ messengerType: 'sms', toAddress: '+12025550143' }]);
		expect(bed.simulator.journal.all()).toMatchObject([{ message: 'Hi', channel: 'sms' }]);
	});

	it('reaches what the node has no operation for', async () => {
		const bed = await open();
		const { answers } = await call(bed, {
			uri: `${bed.simulator.url}/api/v2/routing/queues`,
		});
		expect(answers).toMatchObject([{ entities: [{ name: 'Service' }, {}, {}] }]);
	});

	it('keeps its token, and renews it after a 401', async () => {
		const bed = await open();
		const request = { uri: bed.simulator.url + ME };
		await call(bed, request);
		await call(bed, request);
		expect(bed.simulator.stats.tokenRequests).toBe(1);
		bed.simulator.revokeTokens();
		const { result } = await call(bed, request);
		expect(result.status).toBe('success');
		expect(bed.simulator.stats.tokenRequests).toBe(2);
	});

	it('shares nothing with the Genesys Cloud node but the credential', async () => {
		const bed = await open();
		await call(bed, { uri: bed.simulator.url + ME });
		const sent = await bed.run(recipients('+12025550143'), messageBy('sms'));
		expect(jsonOf(sent)).toMatchObject([{ status: 'sent' }]);
		expect(bed.simulator.stats.tokenRequests).toBe(2);
	});

	it('does not hand its token to a call that fails', async () => {
		const bed = await open();
		const { result } = await call(bed, { uri: `${bed.simulator.url}/api/v2/no/such/path` });
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({ httpCode: '404' });
		expect(JSON.stringify(result.error)).not.toContain(bed.client.clientSecret);
	});

	it('fails in clear words with a wrong secret', async () => {
		const bed = await openBed({
			packages: [readerPackage],
			credential: { clientSecret: 'wrong' },
		});
		const { result } = await call(bed, { uri: bed.simulator.url + ME });
		expect(JSON.stringify(result.error)).toContain('did not accept the client ID and secret');
	});
});
