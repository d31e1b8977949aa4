import { parseArgs } from 'node:util';

import { runScript } from '../../dev/scripts/runScript';
import { screenTable } from '../../dev/bench/support/report';
import type { Row as Line } from '../../dev/bench/support/types';
import { startSimulator, type Simulator } from '../../dev/simulator';
import { credentialFor } from '../e2e/support/bed';
import { DataTable, type Row } from '../e2e/support/dataTable';
import { example } from '../e2e/support/examples';
import { listening } from '../e2e/support/listening';
import { startOwnN8n, type OwnN8n } from '../e2e/support/ownN8n';
import { publishSuite } from '../e2e/support/suite';
import { pause, until } from '../e2e/support/until';
import { wholeNumber } from './options';

const USAGE = `Asks thousands of customers in a whole n8n, crashes it while all questions are open, and lets some answer.

Usage: npm run test:questions -- [options]

  --questions <number>  questions open at once (10000)
  --rate <number>       calls a minute that the simulated Genesys Cloud allows (300, as the real one)
  --answers <number>    customers who answer, two in a second (1000)
  --help                this text
`;
const TABLE = 'Genesys questions';
/** Each answer is two executions for n8n: the trigger's, and the one that waits. */
const ANSWERS_A_SECOND = 2;
const CLIENT = { clientId: 'open-questions', clientSecret: 'secret-of-open-questions' };
/** A long run on a busy machine: an end that does not come is noticed after this. */
const PATIENCE_MS = 5_400_000;

interface Customer {
	readonly customer: string;
	readonly contactId: string;
}

/** What the run works with. */
interface World {
	readonly own: OwnN8n;
	readonly simulator: Simulator;
	readonly customers: readonly Customer[];
}

function customersOf(simulator: Simulator, count: number): Customer[] {
	return questions(count).map(({ customer, externalContactId }) => {
		const contactId = simulator.contacts.open({ externalContactId, expires: false });
		return { customer, contactId };
	});
}

/** One for each customer. n8n evaluates this very function. */
function questions(count: number) {
	return Array.from({ length: count }, (_, index) => ({
		customer: `shop-${index + 1}`,
		externalContactId: `9b7d1e20-6c3f-4d58-8e02-${String(index + 1).padStart(12, '0')}`,
		occasion: 'delivery',
		question: `May we deliver your order on Thursday, shop-${index + 1}?`,
	}));
}

async function publish(world: World): Promise<string> {
	const { own, simulator, customers } = world;
	const data = credentialFor(simulator.url, CLIENT);
	const credential = await own.n8n.saveCredential('Genesys Cloud account', data);
	// By an expression: n8n keeps the workflow, and all that stands in it, with each of its executions.
	const changes = {
		Questions: {
			jsonOutput: `={{ JSON.stringify({ questions: (${String(questions)})(${customers.length}) }) }}`,
		},
	};
	const ask = await own.n8n.saveWorkflow(example('ask-and-wait.json', credential, changes));
	const answers = await own.n8n.saveWorkflow(example('answers.json', credential));
	await own.n8n.activate(ask);
	await own.n8n.activate(answers);
	await listening(world);
	return ask;
}

async function tableWhen(own: OwnN8n, state: string, count: number): Promise<DataTable> {
	let told = 0;
	return await until(
		`${count} questions that are "${state}"`,
		async () => {
			await pause(2000);
			const table = await DataTable.find(own.n8n, TABLE);
			const found = (await table?.count('state', state)) ?? 0;
			if (found >= told + 1000) console.log(`${(told = found)} ${state}`);
			return found >= count && table;
		},
		PATIENCE_MS,
	);
}

async function answer({ simulator }: World, customers: readonly Customer[]): Promise<void> {
	const startedAt = performance.now();
	for (const [index, { contactId, customer }] of customers.entries()) {
		simulator.people.reply({ contactId, text: answerOf(customer) });
		const due = startedAt + ((index + 1) * 1000) / ANSWERS_A_SECOND;
		await pause(Math.max(0, due - performance.now()));
	}
}

const answerOf = (customer: unknown): string => `Yes, says ${String(customer)}`;

async function allRows(table: DataTable): Promise<Row[]> {
	const rows: Row[] = [];
	for (;;) {
		const page = await table.rows(rows.length);
		if (page.length === 0) return rows;
		rows.push(...page);
	}
}

async function measured<T>(what: () => Promise<T>): Promise<[T, string]> {
	const startedAt = performance.now();
	const result = await what();
	return [result, `${Math.round((performance.now() - startedAt) / 1000)} s`];
}

function exactly(measure: string, found: number, expected: number): Line {
	return { measure, result: String(found), target: String(expected), met: found === expected };
}

async function run(world: World, answers: number): Promise<Line[]> {
	const { own, simulator, customers } = world;
	const count = customers.length;
	const ask = await publish(world);
	const [, asking] = await measured(async () => {
		await own.n8n.start(ask);
		await tableWhen(own, 'open', count);
	});
	await own.kill();
	const [, starting] = await measured(async () => {
		await own.start();
		await listening(world);
	});
	// Spread over the whole list.
	const answering = customers.filter((_customer, index) => (index * answers) % count < answers);
	const [table, time] = await measured(async () => {
		await answer(world, answering);
		return await tableWhen(own, 'answered', answering.length);
	});
	const rows = await allRows(table);
	const answered = new Set(answering.map(({ customer }) => customer));
	const right = rows.filter(({ customer, answer: text, state }) =>
		answered.has(String(customer)) ? text === answerOf(customer) : state === 'open',
	);
	return [
		exactly('questions sent', simulator.journal.count, count),
		exactly('rows of questions', rows.length, count),
		exactly('customers who have answered', answering.length, answers),
		exactly('questions with their own answer, or open', right.length, count),
		{ measure: 'time until all were open', result: asking },
		{ measure: 'time until a crashed n8n listens again', result: starting },
		{ measure: 'time until all answers were there', result: time },
	];
}

/** `npm run test:questions` */
async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			questions: { type: 'string', default: '10000' },
			rate: { type: 'string', default: '300' },
			answers: { type: 'string', default: '1000' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return 0;
	}
	const count = wholeNumber('questions', values.questions);
	const allowed = wholeNumber('rate', values.rate);
	const answers = wholeNumber('answers', values.answers);
	const rateLimit = { allowed, windowMs: 60_000 };
	const simulator = await startSimulator({ clients: [CLIENT], rateLimit });
	try {
		const own = await startOwnN8n();
		try {
			publishSuite(own.suite);
			const lines = await run(
				{ own, simulator, customers: customersOf(simulator, count) },
				answers,
			);
			console.log(screenTable(lines));
			const passed = lines.every(({ met }) => met !== false);
			console.log(passed ? 'Passed.' : 'FAILED.');
			return passed ? 0 : 1;
		} finally {
			await own.remove();
		}
	} finally {
		await simulator.stop();
	}
}

runScript(main);
