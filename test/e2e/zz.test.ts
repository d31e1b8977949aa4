import { readFileSync } from 'node:fs';
import { beds } from './support/bed';
import { currentSuite } from './support/suite';
import { Customers } from './support/customers';
import { example } from './support/examples';
import { listening } from './support/listening';
const openBed = beds();
it('x', async () => {
	const bed = await openBed();
	await Customers.none(bed.n8n);
	const capture = await bed.n8n.saveWorkflow(example('capture-messenger.json', bed.credential));
	await bed.n8n.activate(capture);
	await listening(bed);
	await new Promise((r) => setTimeout(r, 3000));
	console.log(
		bed.simulator.notifications.channels
			.all()
			.map((c) => [c.id, c.socket !== undefined, [...c.names]]),
		bed.simulator.notifications.openSockets,
	);
	bed.simulator.people.start({ text: 'hi' });
	await new Promise((r) => setTimeout(r, 4000));
	console.log(
		bed.simulator.notifications.channels
			.all()
			.map((c) => [c.id, c.socket !== undefined, [...c.names]]),
		bed.simulator.notifications.openSockets,
	);
	console.log((await bed.n8n.executionsOf(capture)).length);
	const log = readFileSync(currentSuite().logFile, 'utf8').split('\n');
	const a = await bed.n8n.rest.request('GET', `/rest/workflows/${capture}`);
	console.log(a.text.slice(-1500));
	console.log(
		log
			.filter((l) => /enesys/.test(l))
			.slice(-60)
			.join('\n'),
	);
});
