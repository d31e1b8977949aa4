import type { ApiRequest } from '../../../nodes/GenesysCloud/api/client';
import { InputError } from '../../../nodes/GenesysCloud/failures/inputError';
import { Outbox } from '../../../nodes/GenesysCloud/n8n/outbox';
import { findOperation } from '../../../nodes/GenesysCloud/resources';
import { FakeClock } from '../support/clock';
import { parametersOf } from '../support/context';

/** An outbox whose requests are counted as they are built. */
function outboxOf(body: (index: number) => ApiRequest['body']) {
	const buildRequest = jest.fn((_context: unknown, index: number): ApiRequest => {
		const built = body(index);
		return built ? { method: 'POST', path: '/x', body: built } : { method: 'GET', path: '/x' };
	});
	const outbox = new Outbox({
		parameters: parametersOf({}),
		operation: { ...findOperation('webMessage', 'send')!, buildRequest },
		client: jest.fn(),
		clock: new FakeClock(),
		sendsOnce: false,
		runIndex: 0,
	});
	return { outbox, buildRequest };
}

describe('Outbox', () => {
	it('builds each request once when it was checked before', async () => {
		const { outbox, buildRequest } = outboxOf((index) => ({ message: `text ${index}`, size: 3 }));
		expect(await outbox.firstInvalid(3)).toBeUndefined();
		for (const index of [2, 0, 1]) {
			expect(outbox.take(index)).toMatchObject({ request: { body: { message: `text ${index}` } } });
		}
		expect(buildRequest).toHaveBeenCalledTimes(3);
	});

	it('builds a request when it is taken without a check, or a second time', async () => {
		const { outbox, buildRequest } = outboxOf(() => undefined);
		expect(outbox.take(0)).toMatchObject({ request: { method: 'GET' } });
		await outbox.firstInvalid(1);
		outbox.take(0);
		outbox.take(0);
		expect(buildRequest).toHaveBeenCalledTimes(3);
	});

	it('names the first item that cannot be used, and looks no further', async () => {
		const { outbox, buildRequest } = outboxOf((index) => {
			if (index === 2) throw new InputError('Message', 'is empty', 'Enter a text');
			return { message: 'x' };
		});
		expect(await outbox.firstInvalid(5)).toMatchObject({
			index: 2,
			failure: { reason: 'invalidInput', input: { message: "'Message' is empty" } },
		});
		expect(buildRequest).toHaveBeenCalledTimes(3);
	});

	it('keeps no more than its budget and builds the rest again', async () => {
		const text = 'x'.repeat(10_000_000);
		const { outbox, buildRequest } = outboxOf(() => ({ message: text }));
		await outbox.firstInvalid(6);
		expect(buildRequest).toHaveBeenCalledTimes(6);
		for (let index = 0; index < 6; index++) outbox.take(index);
		// 32 million characters: four requests of ten million, the last one beyond the budget.
		expect(buildRequest).toHaveBeenCalledTimes(8);
	});

	it('lets other work of the process go on while it checks many items', async () => {
		const { outbox } = outboxOf(() => {
			const until = performance.now() + 4;
			while (performance.now() < until);
			return { message: 'x' };
		});
		const order: string[] = [];
		const checked = outbox.firstInvalid(10).then(() => order.push('checked'));
		setTimeout(() => order.push('other work'));
		await checked;
		expect(order).toEqual(['other work', 'checked']);
	});
});
