import { Overlap } from './frames';
import type { Session, SessionPorts } from './session';
import type { StoppableClock } from './types';
import type { Waits } from './waits';

/** Two sockets overlap for this long, so that what is on its way on the old one still arrives, in ms. */
const LINGER_MS = 2_000;

/**
 * Lets an open session take over from another one: no event falls in between, and none is told twice. Where the
 * old one cannot be shown to have been well until now, there is a gap since it was.
 *
 * @returns false when it was stopped meanwhile
 */
export async function takeOver(
	old: Session,
	next: Session,
	{ roster, clock, waits }: SessionPorts,
): Promise<boolean> {
	next.follow(old);
	const overlap = new Overlap();
	old.overlap = { with: overlap, as: 'old' };
	next.overlap = { with: overlap, as: 'new' };
	if (await isWell(old, next, waits)) next.era = old.era;
	else roster.missed(old.receivedUntil);
	if (clock.stopped()) return false;
	void dropLater(old, next, clock);
	return true;
}

/**
 * It may have been dead for a while without a sign of it. What it answers comes after all its events, and the
 * socket of a channel that is lost may still answer. The second socket of a channel ends the first one: that
 * it says so now is an answer.
 */
async function isWell(old: Session, next: Session, waits: Waits): Promise<boolean> {
	const hasSpoken = () => old.hasSpoken;
	const isLost = () => old.lost !== undefined;
	if (old.socket.state === 'ended' || isLost()) return false;
	old.hasSpoken = false;
	old.socket.ping();
	await waits.until(LINGER_MS, () => hasSpoken() || isLost());
	return hasSpoken() && (!isLost() || old.channel.id === next.channel.id);
}

async function dropLater(old: Session, next: Session, clock: StoppableClock): Promise<void> {
	await clock.sleep(LINGER_MS, 'backoff');
	old.socket.drop();
	// Its last copies may still be on their way on the new one.
	await clock.sleep(LINGER_MS, 'backoff');
	next.overlap = undefined;
}
