import { beds, contactIds, type Bed } from './support/bed';
import { isBeforeN8n } from './support/suite';
import { GENESYS } from './support/workflows';

const openBed = beds();
let bed: Bed;

beforeAll(async () => {
	bed = await openBed();
});

/** Three customers; the session of the second one has ended. */
function customers() {
	const [first = '', ended = '', third = ''] = contactIds(3);
	bed.open(first, ended, third);
	bed.simulator.contacts.expire(ended);
	return { first, ended, third };
}

interface ErrorItem {
	readonly error?: unknown;
	readonly details?: unknown;
}

/** What an item of the error output says. On n8n before 2.40 its details stand within `error`. */
function failureIn({ error, details, ...input }: ErrorItem) {
	if (!isBeforeN8n('2.40')) return { text: error, details, input };
	const nested = error as { message?: unknown; details?: unknown };
	return { text: nested.message, details: nested.details, input };
}

describe('On Error', () => {
	it('stops the workflow with a text that says what to do', async () => {
		const { first, ended, third } = customers();
		const execution = await bed.send([first, ended, third], {
			parameters: { delivery: { concurrency: 1 } },
		});
		expect(execution.status).toBe('error');
		expect(execution.error?.message).toBe("The 'Contact ID' is invalid or its session has expired");
		expect(execution.error?.description).toContain('1 of 3 messages was sent');
		expect(bed.reached().filter((id) => id === first)).toHaveLength(1);
		expect(bed.reached()).not.toContain(third);
	});

	it('gives failed items to the error output, merged with their input', async () => {
		const { first, ended, third } = customers();
		const execution = await bed.send([first, ended, third], {
			settings: { onError: 'continueErrorOutput' },
		});
		expect(execution.status).toBe('success');
		expect(execution.json(GENESYS, 0).map(({ contactId }) => contactId)).toEqual([first, third]);
		expect(execution.json(GENESYS, 1).map(failureIn)).toEqual([
			{
				input: { contactId: ended, text: `Hello ${ended}!` },
				text: expect.stringContaining('session has expired') as string,
				details: expect.objectContaining({
					reason: 'sessionExpired',
					httpCode: '400',
					attempts: 1,
					delivered: 'no',
				}) as object,
			},
		]);
	});

	it('gives an item for every input with Continue', async () => {
		const { first, ended, third } = customers();
		const execution = await bed.send([first, ended, third], {
			settings: { onError: 'continueRegularOutput' },
		});
		expect(execution.status).toBe('success');
		const output = execution.json(GENESYS);
		expect(output.map((json) => 'error' in json)).toEqual([false, true, false]);
	});

	it('never lets the items out of the success output when the credential is refused', async () => {
		const { first, third } = customers();
		const before = bed.simulator.journal.count;
		const clientSecret = 'not-the-secret';
		const credential = await bed.n8n.saveCredential('Refused', {
			...bed.credentialData,
			clientSecret,
		});
		const execution = await bed.send([first, third], {
			settings: { onError: 'continueErrorOutput', credentials: { genesysCloudApi: credential } },
		});
		expect(execution.items(GENESYS, 0)).toEqual([]);
		const failed = execution.json(GENESYS, 1);
		expect(failed.map(({ contactId }) => contactId)).toEqual([first, third]);
		const details = { reason: 'invalidCredentials' };
		expect(failed.map(failureIn)).toMatchObject([{ details }, { details }]);
		expect(bed.simulator.journal.count).toBe(before);
	});
});

describe("the 'Unreachable' output", () => {
	it('gets the customers whose session has ended or who are unknown, with their fields', async () => {
		const { first, ended } = customers();
		const [unknown = ''] = contactIds(1);
		const refused = contactIds(1)[0]!;
		bed.open(refused);
		bed.simulator.faults.add({ kind: 'status', status: 403, contactId: refused });
		const execution = await bed.send([first, ended, unknown, refused], {
			parameters: { unreachable: 'output' },
			settings: { onError: 'continueErrorOutput' },
		});
		expect(execution.status).toBe('success');
		expect(execution.json(GENESYS, 0).map(({ contactId }) => contactId)).toEqual([first]);
		expect(execution.json(GENESYS, 1)).toEqual([
			{
				contactId: ended,
				text: `Hello ${ended}!`,
				details: expect.objectContaining({ reason: 'sessionExpired' }) as object,
			},
			{
				contactId: unknown,
				text: `Hello ${unknown}!`,
				details: expect.objectContaining({ reason: 'contactNotFound' }) as object,
			},
		]);
		expect(execution.json(GENESYS, 2).map(({ contactId }) => contactId)).toEqual([refused]);
	});
});
