import type { RestClient } from './n8n/restClient';

/** The examples that must listen before a customer writes or answers, and the one that they wake. */
const LISTENERS = ['capture-messenger', 'ask-and-wait', 'answers'];

/**
 * Publishes the examples that wait for customers, so that what a customer does is seen at once.
 *
 * @param client n8n's API, logged in
 */
export async function publishListeners(client: RestClient): Promise<void> {
	for (const id of LISTENERS) {
		const { data } = await client.call('GET', `/rest/workflows/${id}`);
		const { versionId } = data as { versionId: string };
		await client.call('POST', `/rest/workflows/${id}/activate`, { versionId });
	}
}
