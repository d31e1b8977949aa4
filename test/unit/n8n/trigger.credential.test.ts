import { MINUTE, SECOND } from '../support/liveWorld';
import { start } from '../support/startedTrigger';
import type { triggerContext, TriggerOptions } from '../support/triggerContext';

/** A trigger whose credential cannot be read for a while: a vault is not there yet. */
async function vaultDown(options: TriggerOptions) {
	const vault = { isDown: true };
	const made = await start(options, ({ context, credential }: ReturnType<typeof triggerContext>) =>
		Object.assign(context, {
			getCredentials: async () => {
				if (vault.isDown) throw new Error('the vault is not reachable');
				return { ...credential };
			},
		}),
	);
	return { ...made, vault };
}

describe('a trigger whose credential cannot be read', () => {
	it('goes on trying when n8n starts, says so once, and starts by itself', async () => {
		const { world, error, emitted, failures, vault } = await vaultDown({ activation: 'init' });
		expect(error).toBeUndefined();
		await world.time.advance(20 * SECOND);
		expect(failures).toEqual([]);
		await world.time.advance(5 * MINUTE);
		expect(failures.map(({ message }) => message)).toEqual(['the vault is not reachable']);
		vault.isDown = false;
		await world.time.advance(15 * MINUTE);
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		expect(emitted.map(({ item }) => item.messageId)).toEqual(['m1']);
		expect(failures).toHaveLength(1);
	});

	it('has a failed execution for nothing that lasts for some seconds', async () => {
		const { world, failures, vault } = await vaultDown({ activation: 'leadershipChange' });
		await world.time.advance(2 * SECOND);
		vault.isDown = false;
		await world.time.advance(5 * MINUTE);
		expect(failures).toEqual([]);
		expect(world.live).toHaveLength(1);
	});

	it('recovers what happened meanwhile', async () => {
		const first = await start();
		const { world, store, credential } = first;
		await first.response?.closeFunction?.();
		const { clientId } = credential;
		const again = await vaultDown({ world, store, activation: 'init', clientId });
		world.say('c1', 'm1');
		await world.time.advance(10 * SECOND);
		again.vault.isDown = false;
		await world.time.advance(MINUTE);
		expect(again.emitted).toMatchObject([{ item: { messageId: 'm1', source: 'recovered' } }]);
	});

	it('ends when it is closed before', async () => {
		const { world, response, vault } = await vaultDown({ activation: 'init' });
		await world.time.advance(5 * SECOND);
		await response?.closeFunction?.();
		vault.isDown = false;
		await world.time.advance(30 * MINUTE);
		expect([world.sockets.length, world.hubs.size]).toEqual([0, 0]);
	});

	it('ends when it is closed afterwards', async () => {
		const { world, response, vault } = await vaultDown({ activation: 'init' });
		vault.isDown = false;
		await world.time.advance(MINUTE);
		expect(world.live).toHaveLength(1);
		await response?.closeFunction?.();
		await world.time.advance(MINUTE);
		expect([world.live.length, world.hubs.size]).toEqual([0, 0]);
	});

	it('is refused while a person is looking', async () => {
		const { error, world } = await vaultDown({ activation: 'activate' });
		expect(error?.message).toBe('the vault is not reachable');
		await world.time.advance(MINUTE);
		expect(world.sockets).toEqual([]);
	});
});

/** A trigger whose credential does not come: a vault hangs. */
async function vaultHanging(options: TriggerOptions) {
	const vault = { hangs: true };
	const made = await start(options, ({ context, credential }: ReturnType<typeof triggerContext>) =>
		Object.assign(context, {
			getCredentials: async () =>
				vault.hangs ? await new Promise(() => undefined) : { ...credential },
		}),
	);
	return { ...made, vault };
}

describe('a trigger whose credential does not come', () => {
	it('keeps no start of n8n waiting, and starts by itself', async () => {
		const { world, error, tookMs, failures, vault } = await vaultHanging({ activation: 'init' });
		expect([error, tookMs]).toEqual([undefined, 4 * SECOND]);
		await world.time.advance(2 * MINUTE);
		expect(failures.map(({ message }) => message)).toEqual([
			"'Credential' could not be read within 4 seconds",
		]);
		vault.hangs = false;
		await world.time.advance(15 * MINUTE);
		expect(world.live).toHaveLength(1);
	});

	it('is refused in words while a person is looking', async () => {
		const { error, world } = await vaultHanging({ activation: 'activate' });
		expect(error?.description).toContain('Check the vault or database');
		expect(world.time.waits).toBeLessThanOrEqual(1);
	});
});
