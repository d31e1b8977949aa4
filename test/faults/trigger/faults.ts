import type { TriggerFault, TriggerStage } from './types';

const CHANNELS = '/api/v2/notifications/channels';
const SUBSCRIBE = `PUT ${CHANNELS}/:channelId/subscriptions`;
const RECOVER = 'POST /api/v2/analytics/conversations/details/query';
const TEXTS = 'POST /api/v2/conversations/messages/:conversationId/messages/bulk';

/** The connection ends, and what follows goes wrong. */
function dropped({ simulator }: TriggerStage): void {
	simulator.notifications.strike({ kind: 'drop' });
}

function struck(fault: Parameters<TriggerStage['simulator']['notifications']['strike']>[0]) {
	return ({ simulator }: TriggerStage) => simulator.notifications.strike(fault);
}

/** A frame that is no event comes before each of the next events. */
function before(kind: 'garbage' | 'binary') {
	return ({ simulator }: TriggerStage) => {
		simulator.notifications.faults.add({ kind, times: 20 });
	};
}

const endings: readonly TriggerFault[] = [
	{ name: 'drop', what: 'the connection is reset', strike: dropped },
	...([1000, 1001, 1006, 1011] as const).map((code): TriggerFault => ({
		name: `close-${code}`,
		what: `the socket is closed with ${code}`,
		strike: struck({ kind: 'close', code }),
	})),
	{
		name: 'half-open',
		what: 'the connection is dead without a sign',
		strike: struck({ kind: 'halfOpen' }),
		deaf: true,
	},
	{
		name: 'silent',
		what: 'the next socket opens, and nothing ever comes over it',
		strike: (stage) => {
			stage.simulator.notifications.faults.add({ kind: 'silent' });
			dropped(stage);
		},
	},
	...([401, 404, 503] as const).map((status): TriggerFault => ({
		name: `handshake-${status}`,
		what: `two handshakes are answered with ${status}`,
		strike: (stage) => {
			stage.simulator.notifications.faults.add({ kind: 'refuseHandshake', status, times: 2 });
			dropped(stage);
		},
	})),
];

const channels: readonly TriggerFault[] = [
	{
		name: 'expired',
		what: 'the channel expires',
		strike: ({ simulator }) => simulator.notifications.expireChannels(),
	},
	{
		name: 'evicted',
		what: 'another program makes 20 channels with the same OAuth client',
		strike: ({ simulator, client }) => simulator.notifications.evictionStorm(client, 20),
	},
	{
		name: 'socket-closing',
		what: 'the socket is announced to close, and closed by force',
		strike: ({ simulator }) => simulator.notifications.announceClosing(),
	},
	{
		name: 'socket-closing-ignored',
		what: 'the same, and the close frame of the client is never read',
		strike: ({ simulator }) => {
			simulator.notifications.strike({ kind: 'ignoreClose' });
			simulator.notifications.announceClosing();
		},
		deaf: true,
	},
	{
		name: 'tokens-revoked',
		what: 'all access tokens are revoked',
		strike: ({ simulator }) => simulator.revokeTokens(),
	},
];

const frames: readonly TriggerFault[] = [
	{ name: 'garbage', what: 'half a JSON text comes before each event', strike: before('garbage') },
	{ name: 'binary', what: 'a binary frame comes before each event', strike: before('binary') },
	{
		name: 'huge',
		what: 'a frame of 2 MB comes',
		strike: struck({ kind: 'huge', bytes: 2_000_000 }),
	},
	{
		name: 'duplicate',
		what: 'every event comes twice',
		strike: ({ simulator }) => {
			simulator.notifications.faults.add({ kind: 'duplicate', times: Infinity });
		},
	},
	{
		name: 'reorder',
		what: 'half of the events come after the next one',
		strike: ({ simulator }) => {
			simulator.notifications.faults.add({ kind: 'reorder', probability: 0.5 });
		},
	},
	{
		name: 'lose',
		what: 'events vanish while the connection goes on',
		strike: ({ simulator }) => {
			simulator.notifications.faults.add({ kind: 'lose', times: 6 });
		},
		silent: true,
	},
];

/** The connection ends, and the calls that bring it back meet a fault. */
function calls(
	name: string,
	what: string,
	fault: Parameters<TriggerStage['simulator']['faults']['add']>[0],
): TriggerFault {
	return {
		name,
		what,
		strike: (stage) => {
			stage.simulator.faults.add(fault);
			stage.simulator.notifications.expireChannels();
		},
	};
}

const rest: readonly TriggerFault[] = [
	calls('channels-503', 'new channels are answered with 503 twice', {
		kind: 'status',
		status: 503,
		route: `POST ${CHANNELS}`,
		times: 2,
	}),
	calls('channels-429', 'new channels are answered with 429 twice', {
		kind: 'status',
		status: 429,
		headers: { 'Retry-After': '1' },
		route: `POST ${CHANNELS}`,
		times: 2,
	}),
	calls('channels-html', 'a new channel is answered with a web page', {
		kind: 'html200',
		route: `POST ${CHANNELS}`,
	}),
	calls('topics-403', 'the topics are answered with 403 once', {
		kind: 'status',
		status: 403,
		route: SUBSCRIBE,
	}),
	calls('topics-slow', 'the topics take five seconds', {
		kind: 'latency',
		ms: 5_000,
		route: SUBSCRIBE,
	}),
	calls('topics-reset', 'the topics lose their connection twice', {
		kind: 'reset',
		route: SUBSCRIBE,
		times: 2,
	}),
	calls('topics-html', 'the topics are answered with a web page twice', {
		kind: 'html200',
		route: SUBSCRIBE,
		times: 2,
	}),
	{
		name: 'head-405',
		what: 'the connection is reset, and a gateway refuses HEAD with 405',
		strike: (stage) => {
			stage.simulator.faults.add({
				kind: 'status',
				status: 405,
				route: `HEAD ${CHANNELS}/:channelId`,
				times: 20,
			});
			dropped(stage);
		},
	},
	calls('texts-html', 'the texts are answered with a web page twice', {
		kind: 'html200',
		route: TEXTS,
		times: 2,
	}),
	calls('recovery-html', 'the calls that recover events are answered with a web page twice', {
		kind: 'html200',
		route: RECOVER,
		times: 2,
	}),
	calls('recovery-503', 'the calls that recover events are answered with 503', {
		kind: 'status',
		status: 503,
		route: RECOVER,
		times: 2,
	}),
	calls('login-503', 'the login is answered with 503 twice, with all tokens revoked', {
		kind: 'status',
		status: 503,
		endpoint: 'token',
		times: 2,
	}),
];

/** All faults of the trigger, in the order of the report. */
export const FAULTS: readonly TriggerFault[] = [
	{ name: 'none', what: 'nothing', strike: () => undefined },
	...endings,
	...channels,
	...frames,
	...rest,
	{
		name: 'restart',
		what: 'n8n is stopped, and started again when events have happened',
		strike: () => undefined,
		restarts: true,
	},
];
