import { EVENTS } from '../../../nodes/GenesysCloud/events';
import { triggerFields, triggerSubtitle } from '../../../nodes/GenesysCloud/events/fields';
import { GenesysCloudTrigger } from '../../../nodes/GenesysCloud/GenesysCloudTrigger.node';

/** The fields that the node shows for an event. */
function shownFor(event: string): string[] {
	return triggerFields()
		.filter(({ displayOptions }) => displayOptions?.show?.event?.includes(event) ?? true)
		.map(({ name }) => name);
}

describe('the fields of the trigger', () => {
	it.each([
		['customerMessage', ['event', 'queueNotice', 'queues', 'channels', 'fetchText', 'simplify']],
		['conversationStarted', ['event', 'queueNotice', 'queues', 'channels', 'simplify']],
		['conversationEnded', ['event', 'queueNotice', 'queues', 'channels', 'simplify']],
		['messageStatus', ['event', 'queueNotice', 'queues', 'channels', 'fetchText', 'simplify']],
		['messageUndelivered', ['event', 'deployments', 'fetchText', 'simplify']],
		['topic', ['event', 'topic', 'topicIds']],
	])('are for %s exactly those that it takes', (event, names) => {
		expect(shownFor(event)).toEqual(names);
	});

	it('begin with the first event', () => {
		expect(triggerFields()[0]?.default).toBe(EVENTS[0].value);
	});

	it('give the node its subtitle', () => {
		expect(triggerSubtitle()).toContain('"customerMessage":"Customer Message"');
	});

	it('belong to a trigger node of n8n', () => {
		const { description, methods } = new GenesysCloudTrigger();
		expect(description).toMatchObject({
			displayName: 'Genesys Cloud Trigger',
			name: 'genesysCloudTrigger',
			group: ['trigger'],
			inputs: [],
		});
		expect(Object.keys(methods.loadOptions)).toEqual(['getQueues', 'getDeployments']);
		expect(Object.keys(methods.listSearch)).toEqual(['searchTopics']);
	});
});
