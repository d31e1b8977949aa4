import { runScript } from '../scripts/runScript';
import {
	DEFAULT_CLIENT,
	DEMO_CUSTOMERS,
	prepareDemo,
	startSimulator,
	type Simulator,
} from '../simulator';
import { outcomeRows, outcomeTable, type OutcomeRow } from './outcomes';
import { realMessage, SettingsError, type CredentialData, type RealMessage } from './settings';
import { EXAMPLE, NODE, runExample, sendMessage } from './workflow';

const MESSAGE =
	'Hello! We noticed you were looking at our summer collection. Do you have any questions?';

/** `npm start`: example workflows in n8n's engine, against the simulator or, if set up, for real. */
async function main(): Promise<number> {
	const real = realMessage(process.env);
	return real ? await sendReal(real) : await sendSimulated();
}

async function sendSimulated(): Promise<number> {
	const simulator = await startSimulator({ prepare: prepareDemo });
	try {
		console.log(`A simulated Genesys Cloud listens on ${simulator.url} for this demo.`);
		const asExpected = (await sendWebMessages(simulator)) && (await fallBackToSms(simulator));
		console.log(WHAT_NEXT);
		return asExpected ? 0 : 1;
	} finally {
		await simulator.stop();
	}
}

const WHAT_NEXT = `
See messages arrive in a customer's browser:  npm run simulator   and open its /widget page.
Try it in a whole n8n:                        npm run n8n
Send a real message:  set GENESYS_CLIENT_ID, GENESYS_CLIENT_SECRET, GENESYS_ENVIRONMENT (such as
mypurecloud.de), GENESYS_CHANNEL (such as sms), GENESYS_FROM and GENESYS_TO; then npm start again.
Check your organization first, sending nothing:  npm run check:org -- --no-message`;

/** Three messages arrive, one of them at the second attempt; two customers cannot be reached. */
async function sendWebMessages(simulator: Simulator): Promise<boolean> {
	console.log(`\n1. n8n's engine runs examples/${EXAMPLE.webMessage} for five customers …\n`);
	const result = await runExample(EXAMPLE.webMessage, credentialOf(simulator));
	const names = new Map(DEMO_CUSTOMERS.map(({ contactId, name }) => [contactId, name]));
	const rows = outcomeRows(result, NODE.send, names);
	console.log(outcomeTable(rows));
	console.log(result.hintsOf(NODE.send)[0]?.message);
	const expected = 'sent sent sent unreachable unreachable';
	return outcomesOf(rows) === expected && simulator.journal.count === 3;
}

/** Whoever has no web session gets the text by SMS. */
async function fallBackToSms(simulator: Simulator): Promise<boolean> {
	simulator.reset();
	console.log(`\n2. The same with examples/${EXAMPLE.smsFallback}: SMS for the unreachable …\n`);
	const result = await runExample(EXAMPLE.smsFallback, credentialOf(simulator));
	const names = new Map(DEMO_CUSTOMERS.map(({ phone, name }) => [phone, name]));
	const rows = outcomeRows(result, NODE.sms, names);
	console.log(outcomeTable(rows));
	console.log(result.hintsOf(NODE.sms)[0]?.message);
	return outcomesOf(rows) === 'sent sent' && simulator.journal.count === 5;
}

function outcomesOf(rows: readonly OutcomeRow[]): string {
	return rows.map(({ outcome }) => outcome).join(' ');
}

function credentialOf({ url }: Simulator): CredentialData {
	const { clientId, clientSecret } = DEFAULT_CLIENT;
	return { environment: 'custom', loginUrl: url, apiUrl: url, clientId, clientSecret };
}

async function sendReal({ credential, target }: RealMessage): Promise<number> {
	const where = credential.environment === 'custom' ? credential.apiUrl : credential.environment;
	console.log(`Sending a real message through Genesys Cloud (${where}) …\n`);
	const name = 'Your customer';
	const [result, address] =
		target.by === 'webMessage'
			? [
					await runExample(EXAMPLE.webMessage, credential, [
						{ name, contactId: target.contactId, message: MESSAGE },
					]),
					target.contactId,
				]
			: [await sendMessage(target, name, MESSAGE, credential), target.to];
	const rows = outcomeRows(result, NODE.send, new Map([[address, name]]));
	console.log(rows.length > 0 ? outcomeTable(rows) : result.error?.message);
	return outcomesOf(rows) === 'sent' ? 0 : 1;
}

runScript(main, SettingsError);
