import { asObject, isObject, parseObject } from '../api/json';
import type { JsonObject } from '../delivery/types';

/** What a frame of the notification channel says. */
export type Frame =
	| {
			readonly kind: 'event';
			readonly topic: string;
			readonly body: JsonObject;
			readonly correlationId?: string;
	  }
	/** Genesys Cloud closes this socket within a minute; the channel stays. */
	| { readonly kind: 'closing' }
	/** The channel or its token is gone: only a new channel helps. */
	| { readonly kind: 'lost'; readonly why: ChannelLoss; readonly channelId?: string }
	/** More than anybody should have to read. */
	| { readonly kind: 'tooLong' }
	/** Heartbeats, pongs, and whatever a later version of Genesys Cloud may send. */
	| { readonly kind: 'other' };

/** `evicted`: more than 20 channels of the OAuth client. `revoked`: its token. `gone`: no such channel. */
export type ChannelLoss = 'evicted' | 'revoked' | 'gone';

/** In UTF-16 units. A conversation comes whole: one with thousands of messages is more than a megabyte. */
const MAX_FRAME_LENGTH = 16 * 1024 * 1024;

const OTHER: Frame = { kind: 'other' };

/** Reads a frame; never throws. Binary, broken and unknown ones are `other`. */
export function readFrame(data: unknown): Frame {
	if (typeof data !== 'string') return OTHER;
	if (data.length > MAX_FRAME_LENGTH) return { kind: 'tooLong' };
	const message = parseObject(data);
	if (!message) return OTHER;
	const { topicName: topic, eventBody: body, metadata } = message;
	if (typeof topic !== 'string') {
		const isGone = message.result === '404' || message.result === 404;
		return isGone ? { kind: 'lost', why: 'gone' } : OTHER;
	}
	// What these say is in their names: a body is not needed.
	if (topic.startsWith('v2.system.')) return systemFrame(topic, asObject(body));
	if (topic === 'channel.metadata' || !isObject(body)) return OTHER;
	const { CorrelationId } = asObject(metadata);
	return { kind: 'event', topic, body, correlationId: text(CorrelationId) };
}

function systemFrame(topic: string, body: JsonObject): Frame {
	const channelId = text(body.channelId);
	switch (topic.split('.')[2]) {
		case 'socket_closing':
			return { kind: 'closing' };
		case 'no_longer_subscribed':
			return { kind: 'lost', why: 'evicted', channelId };
		case 'token_revoked':
			return { kind: 'lost', why: 'revoked', channelId };
		default:
			return OTHER;
	}
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

/**
 * Tells the copies apart that two sockets bring while one takes over from the other. Counts, because two
 * true events may have the same content.
 */
export class Overlap {
	/** By content: how many more the old socket has brought than the new one. */
	private readonly lead = new Map<string, number>();

	/**
	 * Whether the other socket has brought this one already.
	 * @throws RangeError when it is nested too deeply to be compared
	 */
	isCopy(from: 'old' | 'new', { topic, body }: { topic: string; body: JsonObject }): boolean {
		const content = `${topic} ${JSON.stringify(body)}`;
		const step = from === 'old' ? 1 : -1;
		const lead = this.lead.get(content) ?? 0;
		this.lead.set(content, lead + step);
		return Math.sign(lead) === -step;
	}
}
