import type { ApiClient } from '../api/client';
import { ServerTime } from '../api/serverTime';
import { failed } from '../failures/failure';
import { Link } from './link';
import { Roster, type Former, type Member } from './roster';
import type { HubPorts, Subscriber } from './types';
import { Waits } from './backoff';

/** The connection of one OAuth client, as long as it has a subscriber. */
interface Hub {
	readonly roster: Roster;
	/** Genesys Cloud's. */
	readonly time: ServerTime;
	readonly link: Link;
}

/** A subscriber's place at its hub. */
interface Membership {
	/** Leaves: nothing is told from here on. May be called again. */
	leave(): void;
	/** Makes a call with the hub's access token; a failure while there is no connection. */
	readonly call: ApiClient;
	/** From when on events of a topic are due, in Genesys Cloud's ms since 1970; so are all times here. */
	since(topic: string): number;
	/** What time it is there. */
	now(): number;
	/** Up to when all events have been received. */
	receivedUntil(): number;
}

/** A subscriber's place, which moves with the account of its credential. */
interface Place {
	account: string;
	hub: Hub;
	member: Member;
}

/**
 * All hubs of a process, one for each OAuth client: Genesys Cloud gives a client 20 channels, so its
 * triggers share one.
 */
export class Hubs {
	private readonly hubs = new Map<string, Hub>();
	/** By key; one without a key has a place of its own. */
	private readonly places = new Map<string | Subscriber, Place>();
	/** The latest start of each subscriber. */
	private readonly orders = new Map<string, number>();

	constructor(private readonly host: HubPorts) {}

	/**
	 * Starts to receive events. An older subscriber with the same key leaves: n8n may start a trigger twice.
	 * @param account API URL and client ID of the subscriber's credential
	 */
	join(account: string, subscriber: Subscriber): Membership {
		const { key, order } = subscriber;
		if (key !== undefined) {
			if (order < (this.orders.get(key) ?? order)) return TOO_LATE;
			this.orders.set(key, order);
		}
		const seat = key ?? subscriber;
		const older = this.places.get(seat);
		const place = this.enter(account, subscriber);
		this.places.set(seat, place);
		if (older) this.exit(older);
		return {
			leave: () => {
				if (this.places.get(seat) === place) this.places.delete(seat);
				this.exit(place);
			},
			call: async (request) => {
				const session = place.hub.link.current;
				return session ? await session.call(request) : NOT_CONNECTED;
			},
			since: (topic) => place.member.since(topic),
			now: () => place.hub.time.now(),
			receivedUntil: () => receivedUntil(place),
		};
	}

	/** How many OAuth clients are connected or being connected. */
	get size(): number {
		return this.hubs.size;
	}

	private enter(account: string, subscriber: Subscriber, former?: Former): Place {
		const hub = this.hubs.get(account) ?? this.open(account);
		const member = hub.roster.add(subscriber, former);
		hub.link.nudge();
		return { account, hub, member };
	}

	private exit({ account, hub, member }: Place): void {
		hub.roster.remove(member);
		if (hub.roster.size > 0) return;
		hub.link.stop();
		if (this.hubs.get(account) === hub) this.hubs.delete(account);
	}

	private open(account: string): Hub {
		const clock = this.host.newClock();
		const time = new ServerTime(() => clock.now());
		const roster = new Roster(this.host.log, time);
		const ports = { roster, clock, time, waits: new Waits(clock), host: this.host };
		const link = new Link(ports, (connected, member) => {
			if (connected.account === account) return true;
			this.move(member, connected.account);
			return false;
		});
		const hub = { roster, time, link };
		this.hubs.set(account, hub);
		// Only when the caller has added its subscriber is there anything to do.
		void Promise.resolve().then(async () => await link.run());
		return hub;
	}

	/** Somebody entered another OAuth client into the credential while the trigger was running. */
	private move(member: Member, account: string): void {
		const place = [...this.places.values()].find((candidate) => candidate.member === member);
		if (!place) return;
		const old = { ...place };
		const missedSince = receivedUntil(old);
		const former = { ...member, gapSince: member.gapSince ?? (() => missedSince) };
		Object.assign(place, this.enter(account, member.subscriber, former));
		this.exit(old);
	}
}

function receivedUntil({ member, hub }: Place): number {
	return member.gapSince?.() ?? hub.link.current?.receivedUntil ?? hub.time.now();
}

const NOT_CONNECTED = failed({
	reason: 'network',
	delivered: 'no',
	transient: true,
	call: 'read',
});

/** What a subscriber gets whose place a later one has taken already. */
const TOO_LATE: Membership = {
	leave: () => undefined,
	call: async () => NOT_CONNECTED,
	since: () => 0,
	now: () => 0,
	receivedUntil: () => 0,
};
