import { InputError, inputFailure } from '../../../nodes/GenesysCloud/failures/failure';
import {
	Incidents,
	problemIn,
	rejectedTexts,
	triggerError,
} from '../../../nodes/GenesysCloud/n8n/triggerErrors';
import type { News } from '../../../nodes/GenesysCloud/notifications/types';
import { NETWORK } from '../support/notificationWorld';
import { TRIGGER_NODE as NODE } from '../support/triggerContext';

const FORBIDDEN = { ...NETWORK, reason: 'forbidden', transient: false, httpCode: '403' } as const;
const REJECTED = { topic: 't', reason: 'no such queue', missingPermissions: [] };

/** An incident's ways to people, and what they were told. */
function incidents(save?: (error: Error) => void) {
	const log: string[] = [];
	const failures: string[] = [];
	const note = (text: string) => void log.push(text);
	const context = {
		getNode: () => NODE,
		logger: { warn: note, error: note, info: note, debug: note },
		saveFailedExecution: save ?? ((error: Error) => void failures.push(error.message)),
	};
	const told = new Incidents(context as never, ['t', 'u']);
	return { told, log, failures };
}

const trouble = (outageMs: number, fatal = false): News => ({
	...{ kind: 'trouble', fatal, outageMs },
	failure: fatal ? FORBIDDEN : NETWORK,
});

describe('the errors of the trigger', () => {
	it('are of the node when a field is wrong, and of the API otherwise', () => {
		const thrown = new InputError('Queues', 'is empty', 'Choose one');
		const wrong = triggerError(NODE, inputFailure(thrown));
		expect([wrong.name, wrong.message]).toEqual(['NodeOperationError', "'Queues' is empty"]);
		const refused = triggerError(NODE, FORBIDDEN);
		expect([refused.name, (refused as { httpCode?: string }).httpCode]).toEqual([
			'NodeApiError',
			'403',
		]);
	});

	it('say of topics without a missing permission what Genesys Cloud says', () => {
		expect(rejectedTexts([REJECTED])).toEqual({
			message: 'Genesys Cloud does not give these events to the OAuth client',
			description:
				'Check the IDs, and that the OAuth client has a role for them in the right division. Genesys Cloud says: "no such queue". Topics: t.',
		});
		const silent = rejectedTexts([{ topic: 't', missingPermissions: ['p'] }]);
		expect(silent.description).not.toContain('says');
	});

	it.each(['notFound', 'conflict', 'network', 'unexpectedResponse', 'rateLimited'] as const)(
		'say that the trigger goes on after: %s',
		(reason) => {
			const error = triggerError(NODE, { ...NETWORK, reason, transient: false });
			expect(error.message).toContain('goes on trying');
		},
	);

	it('say what may stop a WebSocket', () => {
		const error = triggerError(NODE, { ...NETWORK, code: 'WEBSOCKET' });
		expect(error.description).toContain("n8n's proxy settings do not reach WebSockets");
	});

	it('are of all topics, not of some', () => {
		const live: News = { kind: 'live', rejected: [REJECTED] };
		expect(problemIn(NODE, live, ['t', 'u'])).toBeUndefined();
		expect(problemIn(NODE, live, ['t'])?.message).toContain('does not give these events');
	});
});

describe('an incident', () => {
	it('of some topics is a warning in the log, each time', () => {
		const { told, log, failures } = incidents();
		told.start();
		told.hear({ kind: 'live', rejected: [REJECTED] });
		expect(log).toEqual([expect.stringMatching(/^Trigger: .*no such queue/)]);
		expect(failures).toEqual([]);
	});

	it('is told after 30 s when a person must act, else after five minutes, and once', () => {
		const { told, failures } = incidents();
		told.start();
		for (const ms of [29_000, 30_000, 60_000]) told.hear(trouble(ms, true));
		expect(failures).toHaveLength(1);
		told.hear({ kind: 'live', rejected: [] });
		for (const ms of [299_000, 300_000, 600_000]) told.hear(trouble(ms));
		expect(failures).toHaveLength(2);
	});

	it('of topics that are not given any more is told although it follows an outage', () => {
		const { told, failures } = incidents();
		told.start();
		told.hear(trouble(300_000));
		const rejected = [REJECTED, { ...REJECTED, topic: 'u' }];
		for (const ms of [310_000, 320_000]) {
			told.hear({ kind: 'live', rejected });
			told.hear(trouble(ms));
		}
		expect(failures).toHaveLength(2);
	});

	it('that began while the trigger started is told as soon as it runs', () => {
		const { told, failures } = incidents();
		told.hear({ kind: 'live', rejected: [REJECTED, { ...REJECTED, topic: 'u' }] });
		expect(failures).toEqual([]);
		told.start();
		expect(failures).toHaveLength(1);
	});

	it('stands in the log when n8n cannot save it', () => {
		const { told, log } = incidents(() => {
			throw new Error('no database');
		});
		told.start();
		told.hear(trouble(300_000));
		expect(log).toEqual([expect.stringContaining('goes on trying')]);
	});
});
