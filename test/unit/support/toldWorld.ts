import { EVENTS, findEvent } from '../../../nodes/GenesysCloud/events';
import {
	Teller,
	type EventItem,
	type TellerSettings,
} from '../../../nodes/GenesysCloud/events/teller';
import { NotificationWorld } from './notificationWorld';
import { QUEUE } from './playedConversation';
import { ACCOUNT, TestSubscriber } from './testSubscriber';

/** A trigger that tells its events to a list. */
export function tellingTrigger(
	world: NotificationWorld,
	settings: Partial<Omit<TellerSettings, 'event'>> & { event?: string; targets?: string[] } = {},
	{
		since,
		told = new Set<string>(),
		key = 'w/n',
	}: { since?: number; told?: Set<string>; key?: string } = {},
) {
	const event = findEvent(settings.event ?? 'customerMessage') ?? EVENTS[0];
	const items: EventItem[] = [];
	const keys: string[] = [];
	const clock = world.time.clock();
	const teller = new Teller(
		{ channels: [], fetchText: false, simplify: true, ...settings, event },
		{
			clock,
			since: (topic) => membership.since(topic),
			now: () => membership.now(),
			call: world.call,
			log: { info: (text) => world.log.push(text), warn: (text) => world.log.push(text) },
			told,
			owner: key.split('/'),
			emit: (item, itemKey) => {
				items.push(item);
				keys.push(itemKey);
			},
		},
	);
	const topics = (settings.targets ?? [QUEUE]).map((target) => event.topicOf(target));
	const subscriber = new TestSubscriber(world, {
		key,
		topics,
		recovers: event.targets === 'queues',
		...(since !== undefined && { since }),
	});
	subscriber.receive = async (notification) => await teller.receive(notification);
	subscriber.openConversations = () => teller.openConversations();
	const membership = world.hubs.join(ACCOUNT, subscriber);
	const leave = () => {
		clock.stop();
		membership.leave();
	};
	return { items, keys, teller, subscriber, membership, told, leave };
}

/** A trigger in a world of its own, once it is connected. */
export async function told(
	settings: Parameters<typeof tellingTrigger>[1] = {},
	options: Parameters<typeof tellingTrigger>[2] = {},
) {
	const world = new NotificationWorld();
	const trigger = tellingTrigger(world, settings, options);
	await world.time.until(() => trigger.subscriber.isLive);
	return { world, ...trigger };
}
