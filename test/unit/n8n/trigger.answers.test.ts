import type { IHttpRequestOptions } from 'n8n-workflow';

import { MINUTE, SECOND } from '../support/liveWorld';
import { QUEUE } from '../support/playedConversation';
import { forbidden, start } from '../support/startedTrigger';

const PAGES = ['<html>Sign in</html>', '{"message":"Down for maintenance"}', ''];

it('reads texts and refused topics out of lists that are wrapped as those of queries', async () => {
	const parameters = { queues: [QUEUE, 'q2'], fetchText: true };
	const { world, emitted } = await start({ parameters }, (made) => {
		forbidden(made.world);
		const { helpers } = made.context;
		const ask = helpers.httpRequest.bind(helpers);
		helpers.httpRequest = async (request: IHttpRequestOptions) => {
			const answer = (await ask(request)) as { body: string };
			const isList = /bulk$|subscriptions/.test(request.url);
			return isList ? { ...answer, body: `{"results":${answer.body}}` } : answer;
		};
	});
	expect(world.log.join()).toContain('is missing a permission');
	world.say('c1', 'm1', 'q2');
	await world.time.advance(SECOND);
	expect(emitted.map(({ item }) => item.text)).toEqual(['text of m1']);
});

describe.each(PAGES)('the page "%s" in the place of an answer', (page) => {
	it.each([
		['a new channel', /channels$/],
		['the topics', /subscriptions/],
		['the search', /details\/query$/],
		['a conversation', /conversations\/messages\/c1$/],
		['the texts', /bulk$/],
	])('costs %s time, and no event', async (_what, path) => {
		const { world, emitted, portal, response } = await start({ parameters: { fetchText: true } });
		await world.time.advance(10 * MINUTE);
		world.endChannels();
		world.say('c1', 'm1');
		Object.assign(portal, { page, answers: (asked: string) => path.test(asked) });
		await world.time.advance(8 * MINUTE);
		portal.answers = () => false;
		await world.time.advance(2 * MINUTE);
		world.say('c2', 'm2');
		await world.time.advance(SECOND);
		expect(emitted.map(({ item: { text, source } }) => [text, source])).toEqual([
			['text of m1', 'recovered'],
			['text of m2', 'live'],
		]);
		await response?.closeFunction?.();
	});
});
