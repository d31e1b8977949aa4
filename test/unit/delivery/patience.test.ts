import { Patience } from '../../../nodes/GenesysCloud/delivery/patience';
import { failed } from '../../../nodes/GenesysCloud/failures/failure';
import { FakeClock } from '../support/clock';
import { failure, FINAL, messageOf, sent, type Attempt } from '../support/delivery';

const LIMITED = failure({ reason: 'rateLimited', retryAfterMs: 1_000 });
const GIVEN_UP = failed({ ...LIMITED, transient: false, notCalled: true });
const limited: Attempt = failed(LIMITED);

describe('the patience with a message that is refused for its rate', () => {
	let clock: FakeClock;
	let patience: Patience;
	beforeEach(() => {
		clock = new FakeClock();
		patience = new Patience(clock, { maxWaitMs: 10_000 });
	});

	/** Makes an attempt after so many seconds. */
	async function after(seconds: number, message: ReturnType<typeof messageOf>) {
		clock.time += seconds * 1_000;
		return await message.attempt(() => undefined);
	}

	it('ends when for the longest wait nothing has got through', async () => {
		const message = patience.with(messageOf([limited]));
		expect(await after(0, message)).toEqual(limited);
		expect(await after(10, message)).toEqual(limited);
		expect(await after(0.1, message)).toEqual(GIVEN_UP);
	});

	it.each([
		['was sent', { status: 'sent', output: {}, attempts: 1 }],
		['was refused for another reason', { status: 'failed', failure: FINAL, attempts: 1 }],
	] as const)('begins anew when a message %s', async (_what, outcome) => {
		const message = patience.with(messageOf([limited]));
		await after(0, message);
		clock.time += 9_000;
		patience.note(outcome);
		expect(await after(9, message)).toEqual(limited);
		expect(await after(9, message)).toEqual(GIVEN_UP);
	});

	it('does not begin anew when another one was given up', async () => {
		const message = patience.with(messageOf([limited]));
		await after(0, message);
		clock.time += 9_000;
		patience.note({ status: 'failed', failure: LIMITED, attempts: 0 });
		expect(await after(9, message)).toEqual(GIVEN_UP);
	});

	it('begins anew when the message itself got through the limit', async () => {
		const unavailable = failed(failure({ reason: 'serverError' }));
		const message = patience.with(messageOf([limited, unavailable, limited]));
		await after(0, message);
		expect(await after(9, message)).toEqual(unavailable);
		expect(await after(9, message)).toEqual(limited);
	});

	it('has nothing to do with other results', async () => {
		const message = patience.with(messageOf([sent(), failed(FINAL)]));
		expect(await after(99, message)).toEqual(sent());
		expect(await after(99, message)).toEqual(failed(FINAL));
	});
});
