import { NODE_TYPE } from '../../dev/playground/n8n/paths';
import { SEEDED } from '../../dev/simulator';
import { beds, type Bed } from './support/bed';

const openBed = beds();
let bed: Bed;

beforeAll(async () => {
	bed = await openBed();
});

/** Opens a pick-list, as the editor does. */
async function search(methodName: string, channel: string, filter?: string) {
	const answer = await bed.n8n.rest.call(
		'POST',
		'/rest/dynamic-node-parameters/resource-locator-results',
		{
			path: 'parameters.fromAddress',
			methodName,
			...(filter !== undefined && { filter }),
			nodeTypeAndVersion: { name: NODE_TYPE, version: 1 },
			currentNodeParameters: { resource: 'message', operation: 'send', channel },
			credentials: { genesysCloudApi: bed.credential },
		},
	);
	return (answer.data as { results: { name: string; value: string }[] }).results;
}

describe('the pick-lists of Message > Send', () => {
	it.each([
		['searchDeployments', 'webmessaging', 'Shop website', SEEDED.deploymentId],
		['searchSmsNumbers', 'sms', `${SEEDED.smsNumber} - Shop notifications`, SEEDED.smsNumber],
		['searchIntegrations', 'whatsapp', 'Shop on WhatsApp', SEEDED.whatsappIntegrationId],
		['searchIntegrations', 'open', 'Loyalty app', SEEDED.openIntegrationId],
		[
			'searchTemplates',
			'whatsapp',
			'Order shipped - Hello {{1}}! Your order {{2}} has shipped.',
			SEEDED.templateId,
		],
	])('%s shows what there is for %s', async (methodName, channel, name, value) => {
		expect(await search(methodName, channel)).toContainEqual({ name, value });
	});

	it('show the integrations of the chosen channel only', async () => {
		const names = (await search('searchIntegrations', 'apple')).map(({ name }) => name);
		expect(names).toEqual(['Shop on Apple']);
	});

	it('filter by what is typed', async () => {
		const names = (await search('searchDeployments', 'webmessaging', 'portal')).map(
			({ name }) => name,
		);
		expect(names).toEqual(['Customer portal']);
	});

	it('say which permission is missing, and that By ID works', async () => {
		const client = { clientId: 'limited', clientSecret: 'limited-secret', permissions: false };
		const limited = await openBed({ clients: [client] });
		const { url } = limited.simulator;
		const credential = await bed.n8n.saveCredential('Limited', {
			...limited.credentialData,
			loginUrl: url,
			apiUrl: url,
			clientId: client.clientId,
			clientSecret: client.clientSecret,
		});
		const answer = await bed.n8n.rest.request(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				path: 'parameters.fromAddress',
				methodName: 'searchDeployments',
				nodeTypeAndVersion: { name: NODE_TYPE, version: 1 },
				currentNodeParameters: { resource: 'message', operation: 'send' },
				credentials: { genesysCloudApi: credential },
			},
		);
		expect(answer.status).toBeGreaterThanOrEqual(400);
		expect(answer.text).toContain('webDeployments:deployment:view');
	});
});
