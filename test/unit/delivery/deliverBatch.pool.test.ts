import { runPool } from '../../../nodes/GenesysCloud/delivery/deliverBatch';

const never = () => false;

/** A worker whose indexes end when the test says so. */
function gatedWorker() {
	const gates = new Map<number, PromiseWithResolvers<undefined>>();
	const started: number[] = [];
	let most = 0;
	const worker = async (index: number) => {
		started.push(index);
		const gate = withResolvers();
		gates.set(index, gate);
		most = Math.max(most, gates.size);
		try {
			await gate.promise;
		} finally {
			gates.delete(index);
		}
	};
	const settled = async () => await new Promise((resolve) => setImmediate(resolve));
	return {
		worker,
		started,
		most: () => most,
		inFlight: () => [...gates.keys()],
		end: async (index: number, error?: Error) => {
			if (error) gates.get(index)?.reject(error);
			else gates.get(index)?.resolve(undefined);
			await settled();
		},
	};
}

interface PromiseWithResolvers<T> {
	promise: Promise<T>;
	resolve: (value: T) => void;
	reject: (error: Error) => void;
}

function withResolvers(): PromiseWithResolvers<undefined> {
	let resolve!: (value: undefined) => void;
	let reject!: (error: Error) => void;
	const promise = new Promise<undefined>((yes, no) => {
		resolve = yes;
		reject = no;
	});
	return { promise, resolve, reject };
}

describe('runPool', () => {
	it('starts in order, the next one as soon as a worker is free', async () => {
		const { worker, started, inFlight, end } = gatedWorker();
		const run = runPool(5, 2, never, worker);
		expect(started).toEqual([0, 1]);
		await end(1);
		expect(started).toEqual([0, 1, 2]);
		await end(2);
		expect(inFlight()).toEqual([0, 3]);
		await end(0);
		expect(started).toEqual([0, 1, 2, 3, 4]);
		await end(3);
		await end(4);
		await expect(run).resolves.toBeUndefined();
	});

	it.each([
		{ count: 100, concurrency: 1 },
		{ count: 100, concurrency: 7 },
		{ count: 100, concurrency: 100 },
		{ count: 3, concurrency: 50 },
		{ count: 1, concurrency: 1 },
	])('handles $count indexes once each, $concurrency at a time', async (row) => {
		const handled: number[] = [];
		let running = 0;
		let most = 0;
		await runPool(row.count, row.concurrency, never, async (index) => {
			most = Math.max(most, ++running);
			await Promise.resolve();
			handled.push(index);
			running--;
		});
		expect(handled.sort((a, b) => a - b)).toEqual(Array.from({ length: row.count }, (_, i) => i));
		expect(most).toBe(Math.min(row.count, row.concurrency));
	});

	it('does nothing without indexes', async () => {
		const worker = jest.fn();
		await runPool(0, 10, never, worker);
		expect(worker).not.toHaveBeenCalled();
	});

	it('starts nothing once it is halted and awaits what is in flight', async () => {
		const { worker, started, end } = gatedWorker();
		let halted = false;
		let ended = false;
		const run = runPool(10, 3, () => halted, worker).then(() => (ended = true));
		halted = true;
		await end(0);
		await end(1);
		expect(started).toEqual([0, 1, 2]);
		expect(ended).toBe(false);
		await end(2);
		await run;
		expect(ended).toBe(true);
	});

	it('starts nothing at all when it is halted from the start', async () => {
		const worker = jest.fn();
		await runPool(10, 3, () => true, worker);
		expect(worker).not.toHaveBeenCalled();
	});

	it('starts nothing after a rejection, awaits what is in flight, then rejects', async () => {
		const { worker, started, inFlight, end } = gatedWorker();
		const run = runPool(10, 3, never, worker);
		const caught = run.catch((error: unknown) => error);
		await end(1, new Error('broken'));
		expect(inFlight()).toEqual([0, 2]);
		await end(0);
		await end(2);
		expect(started).toEqual([0, 1, 2]);
		expect(await caught).toEqual(new Error('broken'));
	});

	it('treats a worker that throws at once like one that rejects', async () => {
		const started: number[] = [];
		const run = runPool(5, 2, never, (index) => {
			started.push(index);
			throw new Error('at once');
		});
		await expect(run).rejects.toThrow('at once');
		expect(started).toEqual([0]);
	});
});
