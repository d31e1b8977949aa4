import { asRead, DayKeys, UsedKeys } from '../../../nodes/GenesysCloud/n8n/identity';

const KEY = 'a-hash-of-sixteen-characters-and-more';
const ANNA = 'anna-hash-0123456789';
const BOB = 'bob-hash-01234567890';

describe('a content as its reader takes it', () => {
	it('keeps numbers, switches and nothing, and loses the blanks around texts', () => {
		expect(asRead([' Zoe\u0308\n', 5, true, null, { text: ' a b ' }])).toBe(
			'["Zo\u00eb",5,true,null,{"text":"a b"}]',
		);
	});
});

describe('the keys of a message that goes out once a day', () => {
	const keyOf = (day: string) => `key of ${day}`;

	it('are one alone when its calls are made on the day of its preparation', () => {
		const keys = new DayKeys(() => '2026-11-25', keyOf);
		keys.calling();
		expect([keys.first, keys.late]).toEqual([['key of 2026-11-25'], []]);
	});

	it('are two when its last call is made after midnight', () => {
		let day = '2026-11-25';
		const keys = new DayKeys(() => day, keyOf);
		day = '2026-11-26';
		expect(keys.late).toEqual([]);
		keys.calling();
		expect([keys.first, keys.late]).toEqual([['key of 2026-11-25'], ['key of 2026-11-26']]);
	});

	it('are none without Once a Day', () => {
		const keys = new DayKeys(undefined, keyOf);
		keys.calling();
		expect([keys.first, keys.late]).toEqual([[], []]);
	});
});

describe('the keys that items of an execution have used', () => {
	it('are kept in short, with the place and the recipient', () => {
		const store = {};
		expect(
			new UsedKeys(store).use(KEY, { item: 3, run: 1, recipient: ANNA }, true),
		).toBeUndefined();
		expect(store).toEqual({ 'key a-hash-of-sixtee': '3 1 anna-hash-012345' });
	});

	it.each([
		['the same item in the same run', 3, 1, true, undefined],
		['another item', 4, 1, true, { item: 3 }],
		['the same item in another run', 3, 2, true, { item: 3, earlierRun: 1 }],
		['the same place, where that may be another item', 3, 1, false, { item: 3 }],
	])('are taken for another recipient, by %s', (_what, item, run, samePlace, expected) => {
		const keys = new UsedKeys({});
		keys.use(KEY, { item: 3, run: 1, recipient: ANNA }, true);
		expect(keys.use(KEY, { item, run, recipient: BOB }, samePlace)).toEqual(expected);
	});

	it('stay free for their own recipient, who keeps them', () => {
		const keys = new UsedKeys({});
		keys.use(KEY, { item: 3, run: 1, recipient: ANNA }, true);
		expect(keys.use(KEY, { item: 4, run: 1, recipient: ANNA }, false)).toBeUndefined();
		expect(keys.use(KEY, { item: 5, run: 1, recipient: BOB }, false)).toEqual({ item: 3 });
	});

	it('belong to the item that came in the same place last', () => {
		const keys = new UsedKeys({});
		keys.use(KEY, { item: 3, run: 1, recipient: ANNA }, true);
		keys.use(KEY, { item: 3, run: 1, recipient: BOB }, true);
		expect(keys.use(KEY, { item: 4, run: 1, recipient: ANNA }, true)).toEqual({ item: 3 });
	});
});
