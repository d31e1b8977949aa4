import { randomUUID } from 'node:crypto';

import { CREDENTIAL_TYPE } from '../../../dev/playground/n8n/paths';
import { beds } from '../support/bed';
import { listening } from '../support/listening';
import { say, toldWhen, triggeredWorkflow } from '../support/triggers';

const openBed = beds();

describe('a credential that changes while the trigger runs', () => {
	it('is taken at the next connection: a rotated secret needs no new publication', async () => {
		const clientId = `client-${randomUUID()}`;
		const [oldSecret, newSecret] = ['old-secret', 'new-secret'];
		const bed = await openBed({
			clients: [
				{ clientId, clientSecret: oldSecret },
				{ clientId: `${clientId}-new`, clientSecret: newSecret },
			],
		});
		const data = { ...bed.credentialData, clientId, clientSecret: oldSecret };
		const credential = await bed.n8n.saveCredential('Rotated', data);
		const workflowId = await bed.n8n.saveWorkflow(triggeredWorkflow(credential));
		await bed.n8n.activate(workflowId);
		await listening(bed);

		await bed.n8n.rest.call('PATCH', `/rest/credentials/${credential.id}`, {
			name: credential.name,
			type: CREDENTIAL_TYPE,
			data: { ...data, clientId: `${clientId}-new`, clientSecret: newSecret },
		});
		bed.simulator.tokens.revokeAll();
		bed.simulator.notifications.checkTokens();
		await listening(bed);
		say(bed, 'with the new secret');

		expect(await toldWhen(bed.n8n, workflowId, 1, 75_000)).toEqual(['with the new secret']);
		const [channel] = bed.simulator.notifications.channels.all();
		expect(channel?.token.client.clientId).toBe(`${clientId}-new`);
		await bed.n8n.deactivate(workflowId);
	}, 120_000);
});
