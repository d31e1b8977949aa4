import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { beds, contactIds, sendWorkflow, type Bed } from './support/bed';
import { eavesdrop, type Eavesdropper } from './support/eavesdropper';
import type { CredentialData, CredentialReference } from './support/n8n';
import { currentSuite } from './support/suite';
import { chain, node } from './support/workflows';

const openBed = beds();
let bed: Bed;
let eavesdropper: Eavesdropper;
let data: CredentialData;
let credential: CredentialReference;
/** The REST API's answers for all that happens here. */
const answers: string[] = [];

beforeAll(async () => {
	bed = await openBed();
	eavesdropper = await eavesdrop(bed.simulator.url);
	const { url } = eavesdropper;
	data = { ...bed.credentialData, loginUrl: url, apiUrl: url };
	credential = await bed.n8n.saveCredential('Overheard', data);
});

afterAll(async () => {
	await eavesdropper.stop();
});

async function keepAnswer(method: string, url: string, body?: unknown): Promise<void> {
	answers.push((await bed.n8n.rest.request(method, url, body)).text);
}

/** Everything that must stay secret: the secret itself, and what n8n sent to authenticate. */
function secrets(): string[] {
	return [bed.secret, ...eavesdropper.heard];
}

describe('the secret and the access tokens', () => {
	it('were used in every way: sent, refused, retried, tested, and by another node', async () => {
		const [sent = '', refused = '', forbidden = ''] = contactIds(3);
		bed.open(sent, refused, forbidden);
		bed.simulator.faults.add({ kind: 'reset', contactId: refused, times: Infinity });
		bed.simulator.faults.add({
			kind: 'status',
			status: 403,
			contactId: forbidden,
			times: Infinity,
		});
		const delivery = { maxAttempts: 2, backoffSeconds: 0, concurrency: 1 };
		const workflows = [
			sendWorkflow(credential, [sent], { parameters: { simplify: false } }),
			sendWorkflow(credential, [sent, refused], { parameters: { delivery } }),
			sendWorkflow(credential, [sent, forbidden], { parameters: { delivery } }),
			chain([
				node('Start', 'n8n-nodes-base.manualTrigger', 1),
				node(
					'Call',
					'n8n-nodes-base.httpRequest',
					4.2,
					{
						url: `${eavesdropper.url}/api/v2/tokens/me`,
						authentication: 'predefinedCredentialType',
						nodeCredentialType: 'genesysCloudApi',
						options: {},
					},
					{ credentials: { genesysCloudApi: credential } },
				),
			]),
		];
		const statuses: string[] = [];
		for (const workflow of workflows) {
			const execution = await bed.n8n.run(workflow);
			statuses.push(execution.status);
			await keepAnswer('GET', `/rest/executions/${execution.id}`);
			if (execution.status !== 'error') continue;
			const retried = await bed.n8n.retry(execution.id);
			await keepAnswer('GET', `/rest/executions/${retried.id}`);
		}
		expect(statuses).toEqual(['success', 'error', 'error', 'success']);

		bed.simulator.revokeTokens();
		const credentials = { ...credential, type: 'genesysCloudApi', data };
		await keepAnswer('POST', '/rest/credentials/test', { credentials });
		const wrong = { ...data, clientId: `${data.clientId}-wrong` };
		await keepAnswer('POST', '/rest/credentials/test', {
			credentials: { ...credentials, data: wrong },
		});
		await keepAnswer('GET', `/rest/credentials/${credential.id}?includeData=true`);
		await keepAnswer('GET', '/rest/credentials');
		// A Basic value for each client ID, and several access tokens.
		expect(eavesdropper.heard.size).toBeGreaterThanOrEqual(4);
	});

	it("appear in no answer of n8n's API: executions, errors, credentials", () => {
		expect(answers.length).toBeGreaterThanOrEqual(10);
		for (const secret of secrets()) {
			expect(answers.filter((answer) => answer.includes(secret))).toEqual([]);
		}
	});

	it("appear nowhere in n8n's log, at the level debug", () => {
		const log = readFileSync(currentSuite().logFile, 'utf8');
		expect(log).toContain('debug');
		const found = secrets().filter((secret) => log.includes(secret));
		expect(found).toEqual([]);
	});

	it("appear nowhere in n8n's folder: database, event log", () => {
		const folder = path.join(currentSuite().userFolder, '.n8n');
		const files = readdirSync(folder).filter((name) => /sqlite|\.log/.test(name));
		const contents = files.map((file) => readFileSync(path.join(folder, file), 'latin1'));
		// A message can be found there, so a secret would be, too.
		expect(contents.some((content) => content.includes(bed.reached()[0]!))).toBe(true);
		for (const secret of secrets()) {
			const holders = files.filter((_, index) => contents[index]!.includes(secret));
			expect(holders).toEqual([]);
		}
	});
});
