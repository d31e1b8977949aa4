import { NotificationWorld } from './notificationWorld';
import { ACCOUNT } from './testSubscriber';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** A world with one subscriber whose connection stands. */
export async function liveWorld(setUp: (world: NotificationWorld) => void = () => undefined) {
	const world = new NotificationWorld();
	setUp(world);
	const subscriber = world.subscriber();
	const membership = world.hubs.join(ACCOUNT, subscriber);
	await world.time.until(() => subscriber.isLive);
	return { world, subscriber, membership };
}

/** How many channels the client has asked for. */
export function channelsMade({ requests }: NotificationWorld): number {
	return requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/channels'))
		.length;
}
