import type { Channel } from '../../../dev/simulator';
import { SEEDED } from '../../../dev/simulator';
import { beds, type Bed } from '../support/bed';
import { located, messageBy, RECIPIENTS, recipients } from '../support/messages';
import { having, jsonOf, textLike } from '../support/outcomes';
import { pickList } from '../support/panel';

const openBed = beds();

/** Fills a list up to so many further entries. */
const fillers: Record<string, (bed: Bed, index: number) => void> = {
	searchDeployments: ({ simulator: { directory } }, index) =>
		directory.deployments.add({ name: `Site ${index}` } as never),
	searchSmsNumbers: ({ simulator: { directory } }, index) =>
		directory.smsNumbers.add({
			phoneNumber: `+1202555${index + 2000}`,
			name: `Line ${index}`,
		} as never),
	searchIntegrations: ({ simulator: { directory } }, index) =>
		directory.integrations.add({ name: `App ${index}`, messengerType: 'open' } as never),
	searchTemplates: ({ simulator: { directory } }, index) =>
		directory.templates.add({
			name: `Template ${index}`,
			libraryId: SEEDED.libraryId,
			text: 'Hello {{1}}!',
		} as never),
	searchExternalContacts: ({ simulator: { directory } }, index) =>
		directory.externalContacts.add({ firstName: `Guest`, lastName: `No. ${index}` } as never),
};

const lists: [string, Channel, string, string, string][] = [
	['searchDeployments', 'webmessaging', 'Shop website', SEEDED.deploymentId, 'deployments'],
	['searchSmsNumbers', 'sms', '+12025550100 - Shop notifications', SEEDED.smsNumber, 'SMS numbers'],
	['searchIntegrations', 'open', 'Loyalty app', SEEDED.openIntegrationId, 'integrations'],
	[
		'searchTemplates',
		'whatsapp',
		'Order shipped - Hello {{1}}! Your order {{2}} has shipped.',
		SEEDED.templateId,
		'message templates',
	],
	[
		'searchExternalContacts',
		'webmessaging',
		'Farid Haddad - farid.haddad@example.com',
		'7d2e4c10-1006-4b6f-8a21-000000000001',
		'external contacts',
	],
];
/** The fields of the lists that are not those of a sender. */
const fieldOf: Record<string, string> = {
	searchTemplates: 'templateId',
	searchExternalContacts: 'externalContactId',
};
const permissions: Record<string, string> = {
	searchDeployments: 'webDeployments:deployment:view',
	searchSmsNumbers: 'sms:phoneNumber:view',
	searchIntegrations: 'messaging:integration:view',
	searchTemplates: 'responses:response:view',
	searchExternalContacts: 'externalContacts:contact:view',
};

describe.each(lists)('the list %s', (name, channel, entryName, value, what) => {
	it('shows what there is', async () => {
		const search = await pickList(await openBed(), name, { channel });
		const { results, paginationToken } = await search();
		expect(results).toContainEqual({ name: entryName, value });
		expect(results.every((entry) => entry.name !== '' && entry.value !== '')).toBe(true);
		expect(paginationToken).toBeUndefined();
	});

	it('is filtered by what is typed, in any case', async () => {
		const search = await pickList(await openBed(), name, { channel });
		const words = entryName.split(' - ')[0] ?? '';
		const { results } = await search(` ${words.slice(3).toUpperCase()} `);
		expect(results).toEqual([{ name: entryName, value }]);
		expect((await search('no such entry')).results).toEqual([]);
	});

	it('goes page by page to its end, each entry once', async () => {
		const bed = await openBed();
		const search = await pickList(bed, name, { channel });
		const before = (await search()).results.length;
		for (let index = 0; index < 250; index++) fillers[name]?.(bed, index);
		const found: unknown[] = [];
		let page: string | undefined;
		let pages = 0;
		do {
			const part = await search('', page);
			found.push(...part.results.map((entry) => entry.value));
			page = part.paginationToken;
		} while (page !== undefined && ++pages < 10);
		expect(pages).toBe(2);
		expect(found).toHaveLength(before + 250);
		expect(new Set(found).size).toBe(before + 250);
	});

	it('without the permission names it, and says that By ID goes on working', async () => {
		const bed = await openBed({ permissions: ['conversation:message:create'] });
		const search = await pickList(bed, name, { channel });
		await expect(search()).rejects.toMatchObject({
			message: `The list of ${what} needs the permission ${permissions[name]}`,
			description: textLike(/'By ID'/),
		});
	});

	it('needs just this one permission', async () => {
		const bed = await openBed({ permissions: [permissions[name] ?? ''] });
		const search = await pickList(bed, name, { channel });
		expect((await search()).results).toContainEqual({ name: entryName, value });
	});

	it('outlives a short trouble', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 502, endpoint: 'read' }] });
		const search = await pickList(bed, name, { channel });
		expect((await search()).results).not.toEqual([]);
	});

	it('gives values that the operation takes', async () => {
		const bed = await openBed();
		const search = await pickList(bed, name, { channel });
		const { results } = await search(entryName.split(' - ')[0]);
		const chosen = located(String(results[0]?.value), 'list');
		const fields = { [fieldOf[name] ?? 'fromAddress']: chosen };
		const result = await bed.run(recipients(RECIPIENTS[channel]), messageBy(channel, fields));
		expect(jsonOf(result)).toEqual([having({ status: 'sent', channel })]);
	});
});

describe('the lists', () => {
	it.each<[Channel, string[]]>([
		['whatsapp', ['Shop on WhatsApp', 'WhatsApp (trial)']],
		['open', ['Loyalty app']],
		['apple', ['Shop on Apple']],
	])('of integrations show those of the channel: %s', async (channel, names) => {
		const search = await pickList(await openBed(), 'searchIntegrations', { channel });
		const { results } = await search();
		expect(results.map(({ name }) => name)).toEqual(names);
	});

	it('of templates leave out plain canned responses', async () => {
		const search = await pickList(await openBed(), 'searchTemplates', { channel: 'whatsapp' });
		const names = (await search()).results.map(({ name }) => name);
		expect(names.map((entry) => entry.split(' - ')[0])).toEqual([
			'Order shipped',
			'Back in stock',
			'Commande expédiée',
		]);
	});

	it('find an entry of the last page', async () => {
		const bed = await openBed();
		for (let index = 0; index < 250; index++) fillers.searchDeployments?.(bed, index);
		const search = await pickList(bed, 'searchDeployments');
		const { results, paginationToken } = await search('site 249');
		expect([results.map(({ name }) => name), paginationToken]).toEqual([['Site 249'], undefined]);
	});

	it('mark a deployment that is not in use', async () => {
		const search = await pickList(await openBed(), 'searchDeployments');
		const names = (await search()).results.map(({ name }) => name);
		expect(names).toContain('Old landing page (inactive)');
	});

	it('say what is wrong with the credential', async () => {
		const bed = await openBed({ credential: { clientSecret: 'wrong' } });
		const search = await pickList(bed, 'searchSmsNumbers');
		await expect(search()).rejects.toMatchObject({
			message: textLike(/did not accept the client ID and secret/),
			description: textLike(/To go on without the list, choose 'By ID'/),
		});
	});

	it('do not show the secret or a token in an error', async () => {
		const bed = await openBed({
			faults: [{ kind: 'status', status: 400, endpoint: 'read', times: 9 }],
		});
		const search = await pickList(bed, 'searchDeployments');
		const error: unknown = await search().catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(Error);
		const text = JSON.stringify(error) + String(error);
		expect(text).not.toContain(bed.client.clientSecret);
		expect(text).not.toMatch(/Bearer/i);
	});
});
