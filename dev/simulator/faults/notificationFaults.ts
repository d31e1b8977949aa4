import { checkFaultFields, COUNT, TIMING } from './check';
import type { FaultTiming } from './fault';
import { Plan } from './plan';

/** What goes wrong with a notification channel's socket or subscriptions. */
export type NotificationFaultAction =
	/** The handshake is answered with an HTTP status. */
	| { kind: 'refuseHandshake'; status: 401 | 404 | 503 }
	/** The socket opens and nothing is ever sent. */
	| { kind: 'silent' }
	/** What the client sends, its close frame included, is never read. */
	| { kind: 'ignoreClose' }
	/** The last `topics` (default 1) of a call's topics are rejected, or without ignoreErrors the call. */
	| { kind: 'rejectTopics'; topics?: number }
	/* At an event: */
	| { kind: 'lose' | 'duplicate' }
	/** Sent after the next event, or after 250 ms when none comes. */
	| { kind: 'reorder' }
	/* A frame before the event, which is sent as well: */
	| { kind: 'garbage' | 'binary' }
	| { kind: 'huge'; bytes: number }
	/* Instead of the event: */
	/** From now on nothing is sent and nothing read; the connection stays. */
	| { kind: 'halfOpen' }
	/** The connection ends without a close frame. */
	| { kind: 'drop' }
	/** A close frame; 1006 is no code on the wire and ends the connection without one. */
	| { kind: 'close'; code: 1000 | 1001 | 1006 | 1011 }
	/** The channel expires. */
	| { kind: 'expire' };

/** A fault of notifications, as plain data: it can be set from code and over HTTP. */
export type NotificationFault = FaultTiming & NotificationFaultAction;

/** When a fault can be played: at a handshake, at an open socket, at a subscribe call, at an event. */
type Occasion = 'handshake' | 'open' | 'subscribe' | 'event';

const OCCASIONS: Readonly<Record<NotificationFaultAction['kind'], Occasion>> = {
	refuseHandshake: 'handshake',
	silent: 'open',
	ignoreClose: 'open',
	rejectTopics: 'subscribe',
	lose: 'event',
	duplicate: 'event',
	reorder: 'event',
	garbage: 'event',
	binary: 'event',
	huge: 'event',
	halfOpen: 'event',
	drop: 'event',
	close: 'event',
	expire: 'event',
};

const AN_OPEN_ONE = ['halfOpen', 'drop', 'close', 'garbage', 'binary', 'huge', 'ignoreClose'];
const CLOSE_CODES = [1000, 1001, 1006, 1011];

/**
 * Checks a fault of notifications, from code or from the control API.
 *
 * @throws Error with one sentence when a field is unknown, missing or does not fit
 */
export function checkNotificationFault(input: unknown): NotificationFault {
	const none = {};
	return checkFaultFields<NotificationFault>(input, TIMING, {
		refuseHandshake: {
			'status!': [(value) => [401, 404, 503].includes(Number(value)), '401, 404 or 503'],
		},
		silent: none,
		ignoreClose: none,
		rejectTopics: { topics: COUNT },
		lose: none,
		duplicate: none,
		reorder: none,
		garbage: none,
		binary: none,
		huge: { 'bytes!': COUNT },
		halfOpen: none,
		drop: none,
		close: { 'code!': [(value) => CLOSE_CODES.includes(Number(value)), CLOSE_CODES.join(', ')] },
		expire: none,
	});
}

/** Whether a fault can strike a socket that is open, without an event. */
export const canStrike = ({ kind }: NotificationFaultAction): boolean => AN_OPEN_ONE.includes(kind);

/** The faults of notifications that are still to come. */
export class NotificationFaultPlan extends Plan<NotificationFault> {
	/** @param seed of faults with a probability */
	constructor(seed: number) {
		super(seed, checkNotificationFault);
	}

	/** Finds the fault for an occasion and counts it as played. */
	take(occasion: Occasion): NotificationFault | undefined {
		return this.takeWhere(({ kind }) => OCCASIONS[kind] === occasion);
	}
}
