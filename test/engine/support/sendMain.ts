/**
 * Sends one message for each set of credential fields on the command line, and prints what became of
 * them as JSON. A process of its own, because Node reads NODE_EXTRA_CA_CERTS when it starts.
 */
import path from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { createEngine, loadPackage } from '../../../dev/headless-n8n';
import { CREDENTIAL_ID, customers, SEND, sendWorkflow } from './workflows';

async function main(cases: IDataObject[]): Promise<void> {
	const packages = [await loadPackage(path.join(__dirname, '../../..'))];
	const outcomes: unknown[] = [];
	for (const [index, { reuseConnections, ...urls }] of cases.entries()) {
		const client = { clientId: `client-${index}`, clientSecret: 'secret' };
		const data = { environment: 'custom', ...urls, ...client } as never;
		const saved = { name: 'Genesys Cloud', type: 'genesysCloudApi', data };
		const engine = createEngine({ packages, credentials: { [CREDENTIAL_ID]: saved } });
		const parameters = { delivery: { reuseConnections } };
		const workflow = sendWorkflow(parameters, { onError: 'continueRegularOutput' });
		const result = await engine.run(workflow, { input: customers('c1') });
		outcomes.push(result.outputOf(SEND)[0]?.json);
	}
	process.stdout.write(JSON.stringify(outcomes));
}

void main(JSON.parse(process.argv[2] ?? '[]') as IDataObject[]);
