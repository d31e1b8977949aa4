import { NODE_TYPE } from '../../dev/playground/n8n/paths';
import { N8n } from './support/n8n';

interface NodeTypeEntry {
	readonly name: string;
	readonly displayName: string;
	readonly iconUrl: { readonly light: string; readonly dark: string };
	readonly outputs: unknown;
	readonly codex?: { readonly alias?: readonly string[] };
	readonly credentials: readonly { readonly name: string }[];
}

const n8n = N8n.connect();

async function listed(path: string, name: string): Promise<NodeTypeEntry | undefined> {
	const answer = await n8n.rest.call('GET', path);
	return (answer.data as NodeTypeEntry[]).find((entry) => entry.name === name);
}

describe('the package in n8n', () => {
	it('is listed with its node, which the panel finds by several words', async () => {
		const found = await listed('/types/nodes.json', NODE_TYPE);
		expect(found?.displayName).toBe('Genesys Cloud');
		expect(found?.credentials).toEqual([{ name: 'genesysCloudApi', required: true }]);
		expect(found?.codex?.alias).toEqual(expect.arrayContaining(['PureCloud', 'SMS', 'WhatsApp']));
	});

	it('is offered to AI agents as a tool', async () => {
		const tool = await listed('/types/nodes.json', `${NODE_TYPE}Tool`);
		expect(tool?.displayName).toBe('Genesys Cloud Tool');
		expect(tool?.outputs).toEqual(['ai_tool']);
	});

	it.each([
		['/types/nodes.json', NODE_TYPE],
		['/types/nodes.json', `${NODE_TYPE}Tool`],
		['/types/credentials.json', 'genesysCloudApi'],
	])('has a light and a dark icon that n8n serves: %s %s', async (path, name) => {
		const found = await listed(path, name);
		const { light, dark } = found!.iconUrl;
		const [lightIcon, darkIcon] = await Promise.all(
			[light, dark].map(async (icon) => await fetch(`${n8n.rest.url}/${icon}`)),
		);
		for (const icon of [lightIcon!, darkIcon!]) {
			expect(icon.status).toBe(200);
			expect(icon.headers.get('content-type')).toContain('image/svg+xml');
		}
		const [lightSvg, darkSvg] = [await lightIcon!.text(), await darkIcon!.text()];
		expect(lightSvg).toContain('<svg');
		expect(darkSvg).toContain('<svg');
		expect(darkSvg).not.toBe(lightSvg);
	});
});
