import { howFar, Results, summary, type RunFacts } from '../../../nodes/GenesysCloud/n8n/results';

const items = (count: number) => Array.from({ length: count }, () => ({ json: {} }));

describe('Results', () => {
	it('follows the order of the input, whatever the order of the outcomes', () => {
		const results = new Results(items(4), false);
		results.add(2, { id: 'c' });
		results.addFailed(3, { json: { error: 'x' }, pairedItem: { item: 3 } });
		results.add(0, [{ id: 'a' }, { id: 'b' }]);
		expect(results.outputs()).toEqual([
			[
				{ json: { id: 'a' }, pairedItem: { item: 0 } },
				{ json: { id: 'b' }, pairedItem: { item: 0 } },
				{ json: { id: 'c' }, pairedItem: { item: 2 } },
				{ json: { error: 'x' }, pairedItem: { item: 3 } },
			],
		]);
		expect(results.counts.failed).toBe(1);
	});

	it('passes unreachable customers on with their input, binary data and details', () => {
		const json = { customer: 'Ada', details: 'of her own' };
		const binary = { photo: { data: '', mimeType: 'image/png' } };
		const results = new Results([{ json: { customer: 'Bob' } }, { json, binary }], true);
		results.addUnreachable(1, { reason: 'sessionExpired' });
		results.addUnreachable(0, { reason: 'contactNotFound' });
		expect(results.outputs()).toEqual([
			[],
			[
				{
					json: { customer: 'Bob', details: { reason: 'contactNotFound' } },
					pairedItem: { item: 0 },
				},
				{
					json: { ...json, genesysCloudDetails: { reason: 'sessionExpired' } },
					binary,
					pairedItem: { item: 1 },
				},
			],
		]);
		expect(results.counts.unreachable).toBe(2);
		expect(json).toEqual({ customer: 'Ada', details: 'of her own' });
	});

	it('finds a name for the details that the input does not have', () => {
		const json = { details: 1, genesysCloudDetails: 2, details_: 3 };
		const results = new Results([{ json }], true);
		results.addUnreachable(0, { reason: 'optedOut' });
		expect(results.outputs()[1]?.[0]?.json).toEqual({
			...json,
			genesysCloudDetails_: { reason: 'optedOut' },
		});
	});

	it('takes back a customer who was taken for unreachable', () => {
		const results = new Results(items(2), true);
		results.addUnreachable(0, { reason: 'contactNotFound' });
		results.withdrawUnreachable(0);
		expect(results.outputs()).toEqual([[], []]);
		expect(results.counts.unreachable).toBe(0);
	});

	it.each([
		[{ error: 'x' }, true],
		[{ error: 'x', message: 'y' }, true],
		[{ error: 'x', id: 1 }, false],
		[{ message: 'y' }, false],
		[{ error: '' }, false],
	])('keeps the unreachable input %j out of the error output', (json, marked) => {
		const results = new Results([{ json }], true);
		results.addUnreachable(0, { reason: 'sessionExpired' });
		const details = { reason: 'sessionExpired' };
		const expected = { ...json, details, ...(marked && { unreachable: true }) };
		expect(results.outputs()[1]?.[0]?.json).toEqual(expected);
	});

	it('has as many outputs as the node', () => {
		expect(new Results([], false).outputs()).toEqual([[]]);
		expect(new Results([], true).outputs()).toEqual([[], []]);
	});
});

describe('summary', () => {
	const none = { sent: 0, alreadySent: 0, skipped: 0, unreachable: 0, failed: 0 };
	const facts: RunFacts = {
		kind: 'send',
		waitedMs: 0,
		dryRun: false,
		minutes: 1,
		reasons: new Map(),
		keysNotStored: 0,
	};
	const of = (counts: Partial<typeof none>, more: Partial<RunFacts> = {}) =>
		summary({ ...none, ...counts }, { ...facts, ...more });

	it.each([
		[{}, 0, 'Messages: 0 sent.'],
		[{ sent: 12 }, 499, 'Messages: 12 sent.'],
		[{ sent: 1 }, 500, 'Messages: 1 sent, waited 1 s for the rate limit.'],
		[{ sent: 1 }, 61_400, 'Messages: 1 sent, waited 61 s for the rate limit.'],
		[
			{ sent: 7, unreachable: 2, failed: 1, alreadySent: 3, skipped: 4 },
			0,
			'Messages: 7 sent, 2 unreachable, 1 failed, 3 already sent by an earlier run, 4 skipped (the same Send Once Key as another customer).',
		],
	])('of %j and %i ms', (counts, waitedMs, expected) => {
		expect(of(counts, { waitedMs })).toBe(expected);
	});

	it('counts look-ups as items that were read', () => {
		const facts = { kind: 'read' } as const;
		expect(of({ sent: 4 }, facts)).toBe('Items: 4 read.');
		expect(of({ sent: 4, unreachable: 10 }, facts)).toBe('Items: 4 read, 10 not found.');
		expect(of({ unreachable: 10 }, facts)).not.toContain('set-up');
	});

	it('tells of a dry run why items are not ready, and how long sending takes', () => {
		const counts = { sent: 301, failed: 2, unreachable: 1, alreadySent: 3, skipped: 1 };
		const reasons = new Map([
			['invalidInput', 2],
			['contactNotFound', 1],
		]);
		expect(of(counts, { dryRun: true, reasons, minutes: 2 })).toBe(
			"Dry run, nothing was sent: 301 ready, 3 not ready (2 'invalidInput', 1 'contactNotFound'), 4 would be skipped. At the rate limit, sending takes about 2 minutes.",
		);
		expect(of({ sent: 300 }, { dryRun: true })).toContain('sending takes less than a minute.');
		expect(of({ alreadySent: 1, skipped: 1 }, { dryRun: true, minutes: 0 })).toBe(
			'Dry run, nothing was sent: 0 ready, 2 would be skipped.',
		);
		const none = of({ failed: 2 }, { dryRun: true, reasons, minutes: 0 });
		expect(none).toMatch(/^Dry run, nothing was sent: 0 ready, 2 not ready \([^)]*\)\.$/);
	});

	it('says what to look at first, once there is a choice', () => {
		const reasons = new Map([
			['timeout', 3],
			['badRequest', 7],
		]);
		expect(of({ failed: 10 }, { reasons })).toContain("Look first at 'badRequest' (7 times).");
		expect(of({ failed: 9 }, { reasons })).not.toContain('Look first');
		expect(of({ failed: 10 }, { reasons: new Map([['runStopped', 10]]) })).toBe(
			'Messages: 0 sent, 10 failed.',
		);
	});

	it('does not send people to what follows from something else, nor to who left by another output', () => {
		const reasons = new Map([
			['runStopped', 90],
			['contactNotFound', 12],
			['badRequest', 10],
		]);
		expect(of({ failed: 112 }, { reasons })).toContain("Look first at 'contactNotFound'");
		expect(of({ failed: 100, unreachable: 12 }, { reasons })).toContain("at 'badRequest'");
	});

	it('warns when nobody at all can be reached', () => {
		expect(of({ unreachable: 10 })).toContain('the set-up may be wrong');
		expect(of({ unreachable: 9 })).not.toContain('set-up');
		expect(of({ unreachable: 10, sent: 1 })).not.toContain('set-up');
		expect(of({ unreachable: 10, failed: 1 })).not.toContain('set-up');
		expect(of({ unreachable: 10, sent: 1, alreadySent: 1 })).not.toContain('set-up');
		expect(of({ unreachable: 10, sent: 1, failed: 1 })).not.toContain('set-up');
		const reasons = new Map([['invalidInput', 1]]);
		expect(of({ unreachable: 10, failed: 1 }, { reasons })).toContain('the set-up may be wrong');
	});

	it('puts its sentences one after the other', () => {
		const reasons = new Map([
			['invalidInput', 10],
			['optedOut', 10],
		]);
		expect(of({ unreachable: 10, failed: 10 }, { reasons, keysNotStored: 1 })).toBe(
			"Messages: 0 sent, 10 unreachable, 10 failed. Look first at 'invalidInput' (10 times). Not one customer could be reached: the set-up may be wrong. Check the credential, the sender and the IDs before you use another channel. Keys of 'Send Once Key' that n8n's database could not store: 1. A later execution may send such a message again, or take one that was refused for uncertain.",
		);
	});

	it('warns of keys that could not be stored', () => {
		expect(of({ sent: 2 }, { keysNotStored: 2 })).toContain(
			"Keys of 'Send Once Key' that n8n's database could not store: 2.",
		);
		const keyOption = 'Once a Day';
		expect(of({ failed: 1 }, { keysNotStored: 1, keyOption })).toMatch(
			/Keys of 'Once a Day' that n8n's database could not store: 1\..*refused for uncertain\.$/,
		);
	});

	it('says how far a run came, and the one place that goes on without repeating', () => {
		const text = howFar({ ...none, sent: 10, alreadySent: 2, failed: 1 }, 40, false);
		expect(text).toMatch(
			/^12 of 40 messages were sent\..*'Executions'.*'Retry'.*Execute Step.*again/,
		);
		expect(howFar({ ...none, failed: 1 }, 40, false)).toBe('None of the 40 messages was sent.');
		expect(howFar({ ...none, failed: 1 }, 2, false)).toBe('None of the 2 messages was sent.');
		expect(howFar({ ...none, failed: 1 }, 40, true)).toMatch(
			/^None .* is known as sent, but some may/,
		);
		expect(howFar({ ...none, failed: 1 }, 1, false)).toBe('');
	});
});
