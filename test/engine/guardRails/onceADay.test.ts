import type { IDataObject } from 'n8n-workflow';

import { beds, type Bed } from '../support/bed';
import { setCalendar } from '../support/calendar';
import { messageBy, recipients } from '../support/messages';
import { having, jsonOf, until } from '../support/outcomes';
import { contactIds, customers, sendWorkflow } from '../support/workflows';

const openBed = beds();
const onceADay: IDataObject = { onceADay: true };
afterEach(() => jest.useRealTimers());

const open = async (): Promise<Bed> => await openBed({ deduplication: 'memory' });

describe('Once a Day', () => {
	it.each(['retry', 'fail'])(
		'makes Execute Step after Execute Step safe (%s)',
		async (uncertain) => {
			const bed = await open();
			const workflow = sendWorkflow({ delivery: { ...onceADay, uncertain } });
			const input = customers('c1', 'c2');
			for (let press = 0; press < 3; press++) {
				await bed.engine.run(workflow, { input, mode: 'manual' });
			}
			expect(bed.reached()).toEqual(['c1', 'c2']);
		},
	);

	it('makes a new start after Stop safe', async () => {
		const bed = await open();
		bed.simulator.faults.add({ kind: 'latency', ms: 50, times: Infinity });
		const input = customers(...contactIds(20));
		const running = bed.start(input, { delivery: { ...onceADay, concurrency: 2 } });
		await until(() => bed.simulator.journal.count >= 4);
		running.cancel();
		await running.result;
		const rest = await bed.run(input, { delivery: onceADay });
		expect(jsonOf(rest)).toHaveLength(20);
		expect(bed.reached()).toEqual(contactIds(20).sort());
	});

	it('goes on with the rest after a failure, by Execute Step', async () => {
		const bed = await open();
		bed.simulator.faults.add({ kind: 'status', status: 409, contactId: 'c3' });
		const input = customers(...contactIds(5));
		await bed.run(input, { delivery: { ...onceADay, concurrency: 1 } });
		await bed.run(input, { delivery: onceADay });
		expect(bed.reached()).toEqual(contactIds(5));
	});

	it('lets another text, and another recipient, through', async () => {
		const bed = await open();
		await bed.run(customers('c1'), { delivery: onceADay });
		const other = await bed.run(customers('c1'), { delivery: onceADay, message: 'Another one' });
		expect(jsonOf(other)).toEqual([having({ attempts: 1 })]);
		const parameters = { delivery: onceADay, message: 'Hello c1!' };
		expect(jsonOf(await bed.run(customers('c2'), parameters))).toEqual([having({ attempts: 1 })]);
		expect(bed.reached()).toEqual(['c1', 'c1', 'c2']);
	});

	it('sends the same text to the same customer twice in a run just once', async () => {
		const bed = await open();
		await bed.run(customers('c1', 'c1'), { delivery: onceADay });
		expect(bed.reached()).toEqual(['c1']);
	});

	it('looks at the values of a template, too', async () => {
		const bed = await open();
		const parameters = messageBy('whatsapp', {
			templateParametersInput: 'json',
			templateParametersJson: '={{ ({ "1": $json.text, "2": "4711" }) }}',
			delivery: onceADay,
		});
		const input = recipients('12025550143');
		await bed.run(input, parameters);
		await bed.run(input, parameters);
		expect(bed.reached()).toHaveLength(1);
		await bed.run([{ json: { to: '12025550143', text: 'Ada' } }], parameters);
		expect(bed.reached()).toHaveLength(2);
	});

	it.each([
		['before midnight and after it', '2026-11-25T22:30:00Z', '2026-11-25T23:30:00Z', 2],
		['on one day of the zone', '2026-11-24T23:30:00Z', '2026-11-25T22:30:00Z', 1],
	])('counts the days of the workflow’s time zone: %s', async (_name, first, second, messages) => {
		const bed = await open();
		const settings = { timezone: 'Europe/Berlin' };
		const workflow = { ...sendWorkflow({ delivery: onceADay }), settings };
		for (const moment of [first, second]) {
			setCalendar(moment);
			await bed.engine.run(workflow, { input: customers('c1') });
		}
		expect(bed.reached()).toHaveLength(messages);
	});

	it('counts what a run sends after midnight to the new day', async () => {
		const bed = await open();
		setCalendar('2026-11-25T22:59:50Z');
		const settings = { timezone: 'Europe/Berlin' };
		const workflow = { ...sendWorkflow({ delivery: { ...onceADay, concurrency: 1 } }), settings };
		bed.simulator.faults.add({ kind: 'latency', ms: 100, times: 1 });
		const running = bed.engine.start(workflow, { input: customers('c1', 'c2') });
		await until(() => bed.sendsInFlight === 1);
		jest.setSystemTime(new Date('2026-11-25T23:00:10Z'));
		await running.result;
		const later = await bed.engine.run(workflow, { input: customers('c1', 'c2') });
		expect(jsonOf(later)).toEqual([having({ attempts: 1 }), having({ alreadySent: true })]);
	});

	it.each([
		['3fa85f64-5717-4562-b3fc-2c963f66afa6', '3FA85F64-5717-4562-B3FC-2C963F66AFA6'],
		['ada@example.com', 'Ada@Example.com'],
	])('knows a customer in capital letters: %s, %s', async (first, second) => {
		const bed = await open();
		for (const contactId of [first, second]) {
			const input = [{ json: { contactId, text: 'Hello!' } }];
			await bed.run(input, { delivery: onceADay });
		}
		expect(bed.sendCalls).toBe(1);
	});

	it('knows a text with other blanks around it, and in another form of Unicode', async () => {
		const bed = await open();
		for (const text of ['Hello Zo\u00eb!', ' Hello Zoe\u0308!\n']) {
			await bed.run([{ json: { contactId: 'c1', text } }], { delivery: onceADay });
		}
		expect(bed.sendCalls).toBe(1);
	});

	it('stands beside a key: either of them skips', async () => {
		const bed = await open();
		const delivery = { ...onceADay, sendOnceKey: '={{ $json.key }}' };
		const withKey = (key: string) => [{ json: { ...customers('c1')[0]!.json, key } }];
		await bed.run(withKey('a'), { delivery });
		const sameText = await bed.run(withKey('b'), { delivery });
		const sameKey = await bed.run(withKey('a'), { delivery, message: 'Another text' });
		for (const result of [sameText, sameKey]) {
			expect(jsonOf(result)).toEqual([having({ alreadySent: true })]);
		}
		const neither = await bed.run(withKey('b'), { delivery, message: 'A third text' });
		expect(jsonOf(neither)).toEqual([having({ attempts: 1 })]);
		expect(bed.reached()).toEqual(['c1', 'c1']);
	});
});
