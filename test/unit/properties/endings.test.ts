import * as fc from 'fast-check';

import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import { findEvent } from '../../../nodes/GenesysCloud/events';
import { Differ } from '../../../nodes/GenesysCloud/events/differ';
import { runs } from '../../support/runs';

const START = Date.UTC(2026, 10, 22);
const TOPIC = 'v2.routing.queues.q1.conversations.messages';
const MINUTE = 60_000;

/** A customer comes, writes so often, and leaves. */
interface Stay {
	readonly messages: number;
	/** Whether a customer who is back is another participant, or the same one. */
	readonly asAnother: boolean;
	/** Whether the end is told without its time first. */
	readonly untimedFirst: boolean;
	/** After each notification of the stay: which earlier ones come once more. */
	readonly copies: readonly number[];
}

const stays = fc.array(
	fc.record({
		messages: fc.integer({ min: 1, max: 3 }),
		asAnother: fc.boolean(),
		untimedFirst: fc.boolean(),
		copies: fc.array(fc.nat(), { maxLength: 8 }),
	}),
	{ minLength: 1, maxLength: 4 },
);

/** What is told of the stays. */
class Told {
	private readonly bodies: JsonObject[] = [];
	private readonly differ = new Differ(
		() => START,
		() => false,
	);
	private readonly keys: string[] = [];
	private now = START;

	/** @returns how many ends were told until now, and under how many keys */
	get told(): { readonly ends: number; readonly keys: number } {
		return { ends: this.keys.length, keys: new Set(this.keys).size };
	}

	play(list: readonly Stay[]): void {
		let participants: JsonObject[] = [];
		list.forEach(({ messages, asAnother, untimedFirst, copies }, n) => {
			const left = copies.slice();
			const see = (shown: JsonObject[]) => {
				this.see({ id: 'c1', participants: shown });
				const copy = left.shift();
				if (copy !== undefined) this.see(this.bodies[copy % this.bodies.length]!, true);
			};
			const earlier = participants.at(-1);
			const isSame = earlier !== undefined && !asAnother;
			const others = isSame ? participants.slice(0, -1) : participants;
			const came = isSame
				? { ...earlier, endTime: undefined }
				: { id: `p${n}`, purpose: 'customer', startTime: this.time(), messages: [] };
			let customer: JsonObject = { ...came, state: 'connected' };
			for (let m = 0; m < messages; m++) {
				const message = { message: { id: `${n}-${m}` }, messageTime: this.time() };
				customer = { ...customer, messages: [...(customer.messages as JsonObject[]), message] };
				see([...others, customer]);
			}
			const gone = { ...customer, state: 'disconnected' };
			const endTime = this.time();
			if (untimedFirst) see([...others, gone]);
			participants = [...others, { ...gone, endTime }];
			see(participants);
		});
	}

	private see(body: JsonObject, isCopy = false): void {
		if (!isCopy) this.bodies.push(body);
		this.now += 100;
		const notification = { topic: TOPIC, body, source: 'live' } as const;
		const sighting = findEvent('conversationEnded')!.sightingOf(notification)!;
		const news = this.differ.news(sighting, notification, this.now);
		this.keys.push(...news.map(({ id }) => id));
	}

	private time(): string {
		this.now += MINUTE;
		return new Date(this.now).toISOString();
	}
}

describe('the ends of a conversation, whatever comes late or again', () => {
	it('are each told once, under a key of its own', () => {
		const property = fc.property(stays, (list) => {
			const told = new Told();
			told.play(list);
			expect(told.told).toEqual({ ends: list.length, keys: list.length });
		});
		fc.assert(property, runs(500));
	});
});
