import { DEMO_CUSTOMERS, prepareDemo } from '../simulator/demoContacts';
import { startSimulator } from '../simulator';
import { outcomeRows, outcomeTable, type OutcomeRow } from './outcomes';
import { realMessage, SettingsError, type RealMessage } from './settings';
import { NODE, runExample } from './workflow';

const MESSAGE =
	'Hello! We noticed you were looking at our summer collection. Do you have any questions?';

/** `npm start`: the example workflow in n8n's engine, against the simulator or, if set up, for real. */
async function main(): Promise<number> {
	const real = realMessage(process.env);
	return real ? await sendReal(real) : await sendSimulated();
}

async function sendSimulated(): Promise<number> {
	const simulator = await startSimulator();
	try {
		prepareDemo(simulator);
		console.log(`A simulated Genesys Cloud listens on ${simulator.url} for this demo.`);
		console.log("n8n's engine runs examples/send-proactive-message.json for five customers …\n");
		const names = new Map(DEMO_CUSTOMERS.map(({ contactId, name }) => [contactId, name]));
		const result = await runExample({
			environment: 'custom',
			loginUrl: simulator.url,
			apiUrl: simulator.url,
			clientId: 'simulator-client',
			clientSecret: 'simulator-secret',
		});
		const rows = outcomeRows(result, names);
		console.log(outcomeTable(rows));
		for (const hint of result.hintsOf(NODE.send)) console.log(`\n${hint.message}`);
		console.log(`The simulator accepted ${simulator.journal.count} messages.`);
		console.log(WHAT_NEXT);
		return asExpected(rows) && simulator.journal.count === 3 ? 0 : 1;
	} finally {
		await simulator.stop();
	}
}

const WHAT_NEXT = `
See messages arrive in a customer's browser:  npm run simulator   and open its /widget page.
Send a real message:  set GENESYS_CLIENT_ID, GENESYS_CLIENT_SECRET, GENESYS_ENVIRONMENT
(such as mypurecloud.de) and GENESYS_CONTACT_ID, then run npm start again.`;

/** Three messages are sent, one of them at the second attempt; two customers cannot be reached. */
function asExpected(rows: readonly OutcomeRow[]): boolean {
	const outcomes = rows.map(({ outcome }) => outcome).join(' ');
	return outcomes === 'sent sent sent unreachable unreachable';
}

async function sendReal({ credential, contactId }: RealMessage): Promise<number> {
	console.log(`Sending a real message through Genesys Cloud (${credential.environment}) …\n`);
	const name = 'Your contact';
	const result = await runExample(credential, [{ name, contactId, message: MESSAGE }]);
	const rows = outcomeRows(result, new Map([[contactId, name]]));
	console.log(outcomeTable(rows));
	return rows.length === 1 && rows[0]?.outcome === 'sent' ? 0 : 1;
}

main().then(
	(exitCode) => {
		process.exitCode = exitCode;
	},
	(error: unknown) => {
		console.error(error instanceof SettingsError ? error.message : error);
		process.exitCode = 1;
	},
);
