import { DEFAULT_CLIENT, DEMO_CUSTOMERS } from '../simulator';
import { exampleWorkflows } from './examples';
import type { Owner } from './n8n/restClient';

/** Where everything is. */
interface Addresses {
	readonly n8n: string;
	readonly simulator: string;
	readonly logFile: string;
}

/**
 * What `npm run n8n` prints when all runs: the whole circle, from a customer who writes to an answer
 * that arrives, step by step.
 *
 * @param addresses where everything is
 * @param owner who logs in
 * @returns the text
 */
export function greeting({ n8n, simulator, logFile }: Addresses, owner: Owner): string {
	const [{ contactId, name }] = DEMO_CUSTOMERS;
	const { clientId, clientSecret } = DEFAULT_CLIENT;
	const names = new Map(exampleWorkflows().map((example) => [example.id, example.name]));
	const workflow = (id: string) => `${names.get(id) ?? ''}  ${n8n}/workflow/${id}`;
	return `
n8n runs: ${n8n}
Log in as ${owner.email} with the password ${owner.password}

The whole circle, from a customer who writes to an answer that arrives:

  1. Open the browser of the customer ${name}, and write something there:
       ${simulator}/widget?contactId=${contactId}
     "${names.get('capture-messenger') ?? ''}" hears it: the table "Genesys customers" has a new row.
       ${n8n}/home/datatables
  2. Open this workflow and press "Execute workflow". The message appears in ${name}'s browser:
       ${workflow('campaign')}
  3. The same with this one: it asks a question, and waits.
       ${workflow('ask-and-wait')}
  4. Answer in ${name}'s browser. "${names.get('answers') ?? ''}" hears it, and the waiting execution goes on:
       ${n8n}/workflow/ask-and-wait/executions

All examples have their credential: ${n8n}/home/workflows
One of your own for the simulated Genesys Cloud:

  Environment    Custom
  Login URL      ${simulator}
  API URL        ${simulator}
  Client ID      ${clientId}
  Client Secret  ${clientSecret}

n8n's log: ${logFile}
Data is kept; "npm run n8n -- --reset" starts afresh. Press Ctrl-C to stop.`;
}
