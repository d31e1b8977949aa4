import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { listSearch } from '../../../nodes/GenesysCloud/listSearch';
import type { CredentialData } from '../../demo/settings';
import type { Report } from './report';

const NODE = { id: '1', name: 'Genesys Cloud', typeVersion: 1, position: [0, 0], parameters: {} };

/** Opens each pick-list of the node. */
export async function checkPickLists(credential: CredentialData, report: Report): Promise<void> {
	for (const [name, search] of Object.entries(listSearch)) {
		const what = `Pick-list ${name}`;
		try {
			const { results } = await search.call(panelOf(credential));
			report.find(what, 'works', `${results.length} entries`);
		} catch (error) {
			const { message, description } = error as Error & { description?: string };
			const isMissing = message.includes('permission');
			report.find(
				what,
				isMissing ? 'missing' : 'failed',
				isMissing ? message : (description ?? ''),
			);
		}
	}
}

/** As much of n8n's node panel as the lists use. */
function panelOf(credential: CredentialData): ILoadOptionsFunctions {
	const panel = {
		getCredentials: async () => credential,
		getCurrentNodeParameter: () => 'whatsapp',
		getNode: () => ({ ...NODE, type: 'n8n-nodes-genesys-cloud.genesysCloud' }),
		helpers: { httpRequest },
	};
	return panel as unknown as ILoadOptionsFunctions;
}

interface HelperRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: Record<string, string>;
	readonly body?: string;
	readonly abortSignal: AbortSignal;
}

/** n8n's request helper over `fetch`. */
async function httpRequest({ url, abortSignal: signal, ...init }: HelperRequest) {
	const answer = await fetch(url, { ...init, signal, redirect: 'manual' });
	const headers = Object.fromEntries(answer.headers);
	return { statusCode: answer.status, headers, body: await answer.text() };
}
