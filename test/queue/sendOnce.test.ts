import { beds, contactIds, type Bed } from '../e2e/support/bed';
import { WEB_MESSAGE } from '../e2e/support/workflows';
import { useWorkers } from './support/useWorkers';

const openBed = beds();
const workers = useWorkers(2);
const campaignOf = async (bed: Bed, uncertain: string) =>
	await bed.serve({
		...WEB_MESSAGE,
		delivery: { sendOnceKey: '={{ $json.contactId }}', uncertain },
	});
const itemsFor = (ids: readonly string[]) => ids.map((contactId) => ({ contactId, text: 'Hi' }));
function doubled(bed: Bed) {
	const r = bed.reached();
	return r.length - new Set(r).size;
}

describe.each(['retry', 'fail'])('uncertain %s', (uncertain) => {
	it('different keys at the same time', async () => {
		const bed = await openBed();
		const ids = contactIds(6 * 50);
		bed.open(...ids);
		const campaign = await campaignOf(bed, uncertain);
		await campaign(...itemsFor(ids.slice(0, 1)));
		const parts = Array.from({ length: 6 }, (_, i) => ids.slice(i * 50, i * 50 + 50));
		const started = Date.now();
		const results = await Promise.allSettled(
			parts.map(async (part) => await campaign(...itemsFor(part))),
		);
		console.log(
			uncertain,
			'different',
			Date.now() - started,
			results.map((r) =>
				r.status === 'rejected' ? String(r.reason).slice(0, 150) : r.value.length,
			),
			'sent',
			bed.reached().length,
			'doubled',
			doubled(bed),
		);
		const again = await campaign(...itemsFor(ids));
		console.log(
			'again: already',
			again.filter((j) => j.alreadySent).length,
			'of',
			ids.length,
			'doubled',
			doubled(bed),
			workers.map((w) => w.executions().length),
		);
	});
	it('same keys at the same time', async () => {
		const bed = await openBed();
		const ids = contactIds(50);
		bed.open(...ids);
		bed.simulator.faults.add({ kind: 'latency', ms: 50, times: Infinity });
		const campaign = await campaignOf(bed, uncertain);
		await campaign();
		const results = await Promise.allSettled(
			[1, 2, 3, 4].map(async () => await campaign(...itemsFor(ids))),
		);
		console.log(
			uncertain,
			'same',
			results.map((r) =>
				r.status === 'rejected' ? String(r.reason).slice(0, 150) : r.value.length,
			),
			'sent',
			bed.reached().length,
			'doubled',
			doubled(bed),
		);
	});
});
