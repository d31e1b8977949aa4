import { DEMO_CUSTOMERS, startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { unknownFields } from './sdkTypes';
import { anyText, clientOf, logIn } from './support';
import type { Answer } from './support';

const LOOK_UP = '/api/v2/externalcontacts/identifierlookup/contacts';

describe('POST /api/v2/externalcontacts/identifierlookup/contacts', () => {
	let simulator: Simulator;
	let post: (url: string, body: object) => Promise<Answer>;

	beforeAll(async () => {
		simulator = await startSimulator();
		const http = clientOf(simulator);
		const headers = await logIn(http);
		post = async (url, body) => await http.post(url, body, { headers });
	});
	afterAll(async () => await simulator.stop());

	const [ada] = DEMO_CUSTOMERS;
	it.each([
		['Phone', '+33 6 39 98 00 41'],
		['Email', 'Ada.Moreau@example.com'],
		['SocialWhatsapp', '33639980041'],
	])('finds an external contact by %s', async (type, value) => {
		const { status, data } = await post(`${LOOK_UP}?expand=identifiers`, { type, value });
		expect(status).toBe(200);
		expect(unknownFields('ExternalContact', data)).toEqual([]);
		expect(data).toMatchObject({
			id: ada.externalContactId,
			firstName: 'Ada',
			cellPhone: { e164: ada.phone },
			personalEmail: ada.email,
			identifiers: [{ type: 'Phone' }, { type: 'Email', dateCreated: anyText }],
		});
	});

	it.each([
		[{ type: 'Phone', value: '+12025550177' }, 404, 'not.found'],
		[{ type: 'ExternalId', value: 'x' }, 404, 'not.found'],
		[{ type: 'Phone', value: '0202 555' }, 400, 'bad.request'],
		[{ type: 'Phone' }, 400, 'bad.request'],
		[{ type: 'Fax', value: '1' }, 400, 'invalid.value'],
	])('answers the look-up of %j with %i', async (body, status, code) => {
		const answer = await post(LOOK_UP, body);
		expect([answer.status, answer.data.code]).toEqual([status, code]);
	});
});
