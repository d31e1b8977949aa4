import type { Failure } from '../../../nodes/GenesysCloud/failures/failure';
import {
	Incidents,
	noWebSocketError,
	rejectedTexts,
	testOutageError,
	triggerError,
	unknownTargetError,
} from '../../../nodes/GenesysCloud/n8n/triggerErrors';
import { LOST } from '../../../nodes/GenesysCloud/notifications/backoff';
import type { News } from '../../../nodes/GenesysCloud/notifications/types';
import { NETWORK } from '../support/notificationWorld';
import { TRIGGER_NODE as NODE } from '../support/triggerContext';

const FIVE_MINUTES = 300_000;
const SERVER: Failure = { ...NETWORK, reason: 'serverError', httpCode: '503' };

const trouble = (outageMs: number, failure = SERVER): News => ({
	...{ kind: 'trouble', fatal: false, outageMs },
	failure,
});

describe('the texts of the trigger', () => {
	const LAST_TRY = 'The last try: Genesys Cloud could not process the request (503).';

	it('say of an outage that it goes on, and what the last try came to', () => {
		const { message, description } = triggerError(NODE, SERVER);
		expect(message).toBe('The trigger has no connection to Genesys Cloud and goes on trying');
		expect(description).toBe(
			`It needs no restart. What happens in queues meanwhile is recovered afterwards. ${LAST_TRY} Nothing was sent or changed.`,
		);
	});

	it.each([
		['that answers with an error', SERVER, LAST_TRY],
		[
			'whose request is refused',
			{ ...NETWORK, reason: 'badRequest', httpCode: '400', call: 'token' } as const,
			'The last try: Genesys Cloud did not accept the request (400).',
		],
		[
			'whose login is answered by a portal',
			{ ...NETWORK, reason: 'unexpectedResponse', httpCode: '200', call: 'token' } as const,
			"The last try: The login URL did not answer like Genesys Cloud's token endpoint.",
		],
		[
			'that is lost at once',
			LOST.failure,
			'WebSockets are opened, but lost again at once, or nothing comes through them: a proxy or firewall may stand between.',
		],
		[
			'that cannot be opened',
			{ ...NETWORK, code: 'WEBSOCKET' },
			"Genesys Cloud's API answers, but no WebSocket could be opened: a proxy or firewall may stand between. n8n's proxy settings do not reach WebSockets; with Node.js 24, NODE_USE_ENV_PROXY=1 beside HTTPS_PROXY makes them.",
		],
	])('say at a manual test what stops a connection %s', (_what, failure, description) => {
		expect(testOutageError(NODE, trouble(FIVE_MINUTES, failure))).toMatchObject({
			message: 'The trigger has no connection to Genesys Cloud',
			description,
		});
	});

	it('say nothing at a manual test before five minutes, or while there is a connection', () => {
		expect(testOutageError(NODE, trouble(FIVE_MINUTES - 1))).toBeUndefined();
		expect(testOutageError(NODE, { kind: 'live', rejected: [] })).toBeUndefined();
	});

	it('say which Node.js has what the trigger needs', () => {
		expect(noWebSocketError(NODE)).toMatchObject({
			message: 'This trigger needs Node.js 22 or newer, and this n8n runs on an older one',
			description:
				'Run n8n on Node.js 22 or newer, as its own image does. The Genesys Cloud node works without it.',
		});
	});

	it('say what to check of a queue that is not known', () => {
		expect(unknownTargetError(NODE, 'queue', 'q1')).toMatchObject({
			message: 'Genesys Cloud does not know the queue q1',
			description:
				"Choose another queue in the node. Check that the credential is of the same organization, and that the OAuth client's role covers the division of the queue.",
		});
	});

	it('name each reason of refused topics once, and five topics at the most', () => {
		const reasons = [undefined, 'gone', 'no such queue', 'gone', '', undefined];
		const rejected = reasons.map((reason, n) => ({
			...{ topic: `t${n}`, reason, missingPermissions: [] },
		}));
		expect(rejectedTexts(rejected).description).toBe(
			'Check the IDs, and that the OAuth client has a role for them in the right division. Genesys Cloud says: "gone; no such queue". Topics: t0, t1, t2, t3, t4.',
		);
	});

	it('name missing permissions once, and what to do about them', () => {
		const rejected = ['t', 'u'].map((topic) => ({ topic, missingPermissions: ['a:b:view', 'c'] }));
		expect(rejectedTexts(rejected)).toEqual({
			message: 'The OAuth client is missing a permission: a:b:view, c',
			description:
				'Give the OAuth client a role that has it, in the division of the queues, in Genesys Cloud under Admin > Integrations > OAuth. Topics: t, u.',
		});
	});
});

describe('an incident of the trigger', () => {
	function incidents() {
		const log: string[] = [];
		const failures: string[] = [];
		const note = (text: string) => void log.push(text);
		const context = {
			getNode: () => NODE,
			logger: { warn: note, error: note, info: note, debug: note },
			saveFailedExecution: (error: Error) => void failures.push(error.message),
		};
		const told = new Incidents(context as never, ['t', 'u']);
		told.start();
		return { told, log, failures };
	}

	it('is none while all topics are given: nothing is written', () => {
		const { told, log, failures } = incidents();
		told.hear({ kind: 'live', rejected: [] });
		expect([log, failures]).toEqual([[], []]);
	});

	it('is told once when an outage is heard of twice in the same moment', () => {
		const { told, failures } = incidents();
		for (let time = 0; time < 2; time++) told.hear(trouble(FIVE_MINUTES));
		expect(failures).toHaveLength(1);
	});

	it('is told again when an outage begins anew', () => {
		const { told, failures } = incidents();
		for (const ms of [FIVE_MINUTES, 1_000, FIVE_MINUTES]) told.hear(trouble(ms));
		expect(failures).toHaveLength(2);
	});
});
