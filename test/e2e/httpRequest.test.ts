import { beds, type Bed } from './support/bed';
import { chain, node } from './support/workflows';

const openBed = beds();

function callApi(bed: Bed, url: string) {
	const credentials = { genesysCloudApi: bed.credential };
	const parameters = {
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'genesysCloudApi',
		options: {},
	};
	return chain([
		node('Start', 'n8n-nodes-base.manualTrigger', 1),
		node('Call', 'n8n-nodes-base.httpRequest', 4.2, parameters, { credentials }),
	]);
}

describe("n8n's HTTP Request node", () => {
	it('calls any endpoint with the credential', async () => {
		const bed = await openBed();
		const execution = await bed.n8n.run(callApi(bed, `${bed.simulator.url}/api/v2/tokens/me`));
		expect(execution.status).toBe('success');
		expect(execution.json('Call')[0]).toHaveProperty('OAuthClient.id');
	});

	it('may not use a credential that is not for it', async () => {
		const bed = await openBed();
		const data = { ...bed.credentialData, allowedHttpRequestDomains: 'none' };
		const credential = await bed.n8n.saveCredential('For the nodes alone', data);
		const url = `${bed.simulator.url}/api/v2/tokens/me`;
		const execution = await bed.n8n.run(callApi({ ...bed, credential }, url));
		expect(execution.status).toBe('error');
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});

	it('renews a token that is not accepted any more', async () => {
		const bed = await openBed();
		const workflow = callApi(bed, `${bed.simulator.url}/api/v2/tokens/me`);
		const workflowId = await bed.n8n.saveWorkflow(workflow);
		const run = async () => await bed.n8n.ended(await bed.n8n.start(workflowId));
		expect((await run()).status).toBe('success');
		bed.simulator.revokeTokens();
		expect((await run()).status).toBe('success');
	});
});
