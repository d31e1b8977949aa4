import { realMessage, SettingsError } from '../../../dev/demo/settings';

const CLIENT = { GENESYS_CLIENT_ID: 'client', GENESYS_CLIENT_SECRET: 'secret' };
const REGION = { ...CLIENT, GENESYS_ENVIRONMENT: 'mypurecloud.de' };
const CUSTOM = {
	...CLIENT,
	GENESYS_LOGIN_URL: 'http://127.0.0.1:8095',
	GENESYS_API_URL: 'http://127.0.0.1:8095',
};
const WHATSAPP = { GENESYS_CHANNEL: 'whatsapp', GENESYS_FROM: 'integration' };
const SMS = { GENESYS_CHANNEL: 'SMS', GENESYS_FROM: '+12025550100', GENESYS_TO: '+1 202-555-0143' };

it('leaves the demo to the simulator when no variable is set', () => {
	expect(realMessage({})).toBeUndefined();
	expect(realMessage({ GENESYS_CONTACT_ID: ' ', PATH: '/bin' })).toBeUndefined();
});

it('reads a web message to a contact', () => {
	expect(realMessage({ ...REGION, GENESYS_CONTACT_ID: ' c-1 ' })).toEqual({
		credential: {
			environment: 'mypurecloud.de',
			loginUrl: '',
			apiUrl: '',
			clientId: 'client',
			clientSecret: 'secret',
		},
		target: { by: 'webMessage', contactId: 'c-1' },
	});
});

it('reads a message by a channel, with its addresses as the API takes them', () => {
	expect(realMessage({ ...REGION, ...SMS })?.target).toEqual({
		by: 'message',
		channel: 'sms',
		from: '+12025550100',
		to: '+12025550143',
	});
});

it('reads what was copied without its invisible characters', () => {
	const copied = Object.fromEntries(
		Object.entries({ ...REGION, ...SMS }).map(([name, value]) => [name, `\u202a${value}\ufeff`]),
	);
	expect(realMessage(copied)).toEqual(realMessage({ ...REGION, ...SMS }));
});

it('reads a template with its values', () => {
	const env = {
		...REGION,
		GENESYS_CHANNEL: 'whatsapp',
		GENESYS_FROM: 'integration',
		GENESYS_TO: '+12025550143',
		GENESYS_TEMPLATE_ID: 'template',
		GENESYS_TEMPLATE_PARAMETERS: '{"1":"Ada"}',
	};
	expect(realMessage(env)?.target).toEqual({
		by: 'message',
		channel: 'whatsapp',
		from: 'integration',
		to: '12025550143',
		template: { id: 'template', parameters: '{"1":"Ada"}' },
	});
});

it('takes two URLs for an environment of its own', () => {
	expect(realMessage({ ...CUSTOM, ...SMS })?.credential).toMatchObject({
		environment: 'custom',
		loginUrl: 'http://127.0.0.1:8095',
		apiUrl: 'http://127.0.0.1:8095',
	});
});

it.each([
	['no recipient', REGION, /^To whom\? Set GENESYS_CHANNEL, GENESYS_FROM and GENESYS_TO/],
	['no secret', { ...SMS, GENESYS_CLIENT_ID: 'client' }, /^Set GENESYS_CLIENT_SECRET too\./],
	['no client', SMS, /^Set GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET too\./],
	['no environment', { ...CLIENT, ...SMS }, /^Set GENESYS_ENVIRONMENT too\./],
	[
		'one URL of two',
		{ ...CLIENT, ...SMS, GENESYS_API_URL: 'https://example.com' },
		/^Set GENESYS_LOGIN_URL too\./,
	],
	[
		'an unknown environment',
		{ ...CLIENT, ...SMS, GENESYS_ENVIRONMENT: 'nowhere' },
		/^GENESYS_ENVIRONMENT is not a region or domain of Genesys Cloud\. Choose the region of your organization, for example/,
	],
	[
		'a URL that would send the secret in the clear',
		{ ...CUSTOM, ...SMS, GENESYS_API_URL: 'http://example.com' },
		/^GENESYS_API_URL uses http:\/\/ for a host that is not this machine/,
	],
	['an unknown channel', { ...REGION, ...SMS, GENESYS_CHANNEL: 'fax' }, /must be one of webmess/],
	['no sender', { ...REGION, ...SMS, GENESYS_FROM: '' }, /^Set GENESYS_FROM too\./],
	['no channel', { ...REGION, ...SMS, GENESYS_CHANNEL: '' }, /^Set GENESYS_CHANNEL too\./],
	[
		'a wrong number',
		{ ...REGION, ...SMS, GENESYS_TO: '0202 5550143' },
		/^GENESYS_TO is not a phone/,
	],
	[
		'a phone number that sends by WhatsApp',
		{ ...REGION, ...SMS, GENESYS_CHANNEL: 'whatsapp' },
		/^GENESYS_FROM is a phone number where an ID is meant/,
	],
	[
		'a phone number in the place of an external contact ID',
		{ ...REGION, ...SMS, GENESYS_CHANNEL: 'webmessaging', GENESYS_FROM: 'deployment-1' },
		/^GENESYS_TO is a phone number where an ID is meant/,
	],
	['no template', { ...REGION, ...SMS, ...WHATSAPP }, /^Set GENESYS_TEMPLATE_ID too\./],
	[
		'template values that are no JSON',
		{
			...{ ...REGION, ...SMS, ...WHATSAPP, GENESYS_TEMPLATE_ID: 'template' },
			GENESYS_TEMPLATE_PARAMETERS: "{'1':'x'}",
		},
		/^GENESYS_TEMPLATE_PARAMETERS is not a JSON object\. Give each placeholder/,
	],
	['two ways', { ...REGION, ...SMS, GENESYS_CONTACT_ID: 'c-1' }, /one message goes one way/],
])('says in a sentence what is wrong: %s', (_what, env: NodeJS.ProcessEnv, sentence) => {
	expect(() => realMessage(env)).toThrow(SettingsError);
	expect(() => realMessage(env)).toThrow(sentence);
});
