import { runTrigger } from '../../../nodes/GenesysCloud/n8n/trigger';
import type { NotificationWorld } from '../support/notificationWorld';
import { QUEUE } from '../support/playedConversation';
import { forbidden, start } from '../support/startedTrigger';
import { triggerContext } from '../support/triggerContext';

describe('publishing a trigger is refused', () => {
	it('refuses to be published in words when permissions are missing', async () => {
		const { error, world } = await start({}, (made) => forbidden(made.world));
		expect(error?.message).toBe(
			'The OAuth client is missing a permission: routing:queue:view, conversation:communication:view',
		);
		expect(error?.description).toContain('Admin > Integrations > OAuth');
		expect(world.live).toEqual([]);
	});

	it('refuses to be published when the queue does not exist', async () => {
		const { error } = await start({}, ({ world }) => (world.queues = [{ id: 'q2' }, null!]));
		expect(error?.message).toBe(`Genesys Cloud does not know the queue ${QUEUE}`);
	});

	it.each<[string, (world: NotificationWorld) => void, RegExp]>([
		['a queue that does not exist', (world) => (world.queues = []), /does not know the queue/],
		['missing permissions', forbidden, /missing a permission: routing:queue:view/],
	])('for %s, too, when the first try to connect fails', async (_what, prepare, message) => {
		const { error, world, tookMs } = await start({}, (made) => {
			prepare(made.world);
			made.world.handshake = 'refuse';
			made.world.time.after(800, () => (made.world.handshake = 'open'));
		});
		expect(error?.message).toMatch(message);
		expect(tookMs).toBeLessThan(8_000);
		expect(world.live).toEqual([]);
	});

	it('refuses to be published with wrong credentials, and holds no secret in the error', async () => {
		const { error, world } = await start({}, ({ login }) => (login.refused = true));
		expect(error?.message).toBe('Genesys Cloud did not accept the client ID and secret');
		expect(JSON.stringify(error)).not.toContain('secret-of-the-client');
		expect(JSON.stringify([error, world.log])).not.toMatch(/authorization/i);
	});

	it('says that it needs Node.js 22 where there is no WebSocket', async () => {
		const made = triggerContext();
		const started = runTrigger(made.context, { ...made.host, hasWebSocket: false });
		await expect(started).rejects.toThrow('This trigger needs Node.js 22 or newer');
	});

	it('when the credential cannot be used, and says which field', async () => {
		const { error } = await start({}, ({ credential }) => (credential.clientId = ''));
		expect(error?.message).toBe("'Client ID' is empty");
	});

	it('when a field of the node is empty', async () => {
		const { error } = await start({ parameters: { queues: [] } });
		expect(error?.message).toBe("'Queues' is empty");
	});
});
