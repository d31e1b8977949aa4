import { baseUrls, CUSTOM_ENVIRONMENT } from '../../nodes/GenesysCloud/api/environment';
import { pasted } from '../../nodes/GenesysCloud/api/unseen';
import { InputError } from '../../nodes/GenesysCloud/failures/failure';
import {
	CHANNEL_RULES,
	CHANNELS,
	type Channel,
} from '../../nodes/GenesysCloud/resources/message/send/channels';
import { parametersFromJson } from '../../nodes/GenesysCloud/resources/message/send/templateParameters';

/** The data of a credential of this package. */
export interface CredentialData {
	readonly environment: string;
	readonly loginUrl: string;
	readonly apiUrl: string;
	readonly clientId: string;
	readonly clientSecret: string;
}

/** Whom a message goes to: by the tutorial's endpoint, or by a channel of the documented one. */
export type Target =
	| { readonly by: 'webMessage'; readonly contactId: string }
	| {
			readonly by: 'message';
			readonly channel: Channel;
			readonly from: string;
			/** An address of the channel; for web messaging the ID of an external contact. */
			readonly to: string;
			/** For channels that start from a template, with its values as JSON. */
			readonly template?: { readonly id: string; readonly parameters: string };
	  };

/** What it takes to send a real message. */
export interface RealMessage {
	readonly credential: CredentialData;
	readonly target: Target;
}

/** A wrong setting, in a sentence for the person at the terminal. */
export class SettingsError extends Error {}

/** All variables that say anything; with none of them the demo uses the simulator. */
const VARIABLES = [
	'GENESYS_CLIENT_ID',
	'GENESYS_CLIENT_SECRET',
	'GENESYS_ENVIRONMENT',
	'GENESYS_LOGIN_URL',
	'GENESYS_API_URL',
	'GENESYS_CONTACT_ID',
	'GENESYS_CHANNEL',
	'GENESYS_FROM',
	'GENESYS_TO',
	'GENESYS_TEMPLATE_ID',
	'GENESYS_TEMPLATE_PARAMETERS',
] as const;

type Variable = (typeof VARIABLES)[number];

/** The variables that the product's own checks speak of by their fields' names. */
const VARIABLE_OF: Readonly<Record<string, Variable>> = {
	Environment: 'GENESYS_ENVIRONMENT',
	'Login URL': 'GENESYS_LOGIN_URL',
	'API URL': 'GENESYS_API_URL',
	From: 'GENESYS_FROM',
	To: 'GENESYS_TO',
	'Template Parameters': 'GENESYS_TEMPLATE_PARAMETERS',
};

/**
 * Reads the settings of a real message from the environment variables.
 *
 * @returns `undefined` when none is set
 * @throws SettingsError when one is wrong, or only some are set
 */
export function realMessage(env: NodeJS.ProcessEnv): RealMessage | undefined {
	if (VARIABLES.every((name) => valueOf(env, name) === '')) return undefined;
	const target = targetOf(env);
	if (!target) {
		throw new SettingsError(
			"To whom? Set GENESYS_CHANNEL, GENESYS_FROM and GENESYS_TO too (or GENESYS_CONTACT_ID for the tutorial's web message). To use the simulator, set no GENESYS_ variable.",
		);
	}
	return { credential: credentialOf(env), target };
}

/**
 * Reads the credential from the environment variables.
 *
 * @throws SettingsError when a variable is missing or wrong
 */
export function credentialOf(env: NodeJS.ProcessEnv): CredentialData {
	const loginUrl = valueOf(env, 'GENESYS_LOGIN_URL');
	const apiUrl = valueOf(env, 'GENESYS_API_URL');
	const isCustom = loginUrl !== '' || apiUrl !== '';
	needs(env, 'GENESYS_CLIENT_ID', 'GENESYS_CLIENT_SECRET');
	if (isCustom) needs(env, 'GENESYS_LOGIN_URL', 'GENESYS_API_URL');
	else needs(env, 'GENESYS_ENVIRONMENT');
	const credential = {
		environment: isCustom ? CUSTOM_ENVIRONMENT : valueOf(env, 'GENESYS_ENVIRONMENT'),
		loginUrl,
		apiUrl,
		clientId: valueOf(env, 'GENESYS_CLIENT_ID'),
		clientSecret: valueOf(env, 'GENESYS_CLIENT_SECRET'),
	};
	checked(() => baseUrls(credential));
	return credential;
}

/**
 * Reads from the environment variables whom a message goes to.
 *
 * @returns `undefined` when no recipient is set
 * @throws SettingsError when a variable is missing or wrong
 */
export function targetOf(env: NodeJS.ProcessEnv): Target | undefined {
	const contactId = valueOf(env, 'GENESYS_CONTACT_ID');
	const name = valueOf(env, 'GENESYS_CHANNEL').toLowerCase();
	const from = valueOf(env, 'GENESYS_FROM');
	const to = valueOf(env, 'GENESYS_TO');
	const isMessage = name !== '' || from !== '' || to !== '';
	if (contactId !== '' && isMessage) {
		throw new SettingsError(
			'Set GENESYS_CONTACT_ID, or GENESYS_CHANNEL, GENESYS_FROM and GENESYS_TO: one message goes one way.',
		);
	}
	if (contactId !== '') return { by: 'webMessage', contactId };
	if (!isMessage) return undefined;
	needs(env, 'GENESYS_CHANNEL', 'GENESYS_FROM', 'GENESYS_TO');
	const channel = CHANNELS.find((known) => known === name);
	if (!channel) {
		throw new SettingsError(`GENESYS_CHANNEL must be one of ${CHANNELS.join(', ')}.`);
	}
	const rules = CHANNEL_RULES[channel];
	const addresses = checked(() => ({
		from: rules.fromAddress('From', from),
		to: rules.toAddress('To', to),
	}));
	if (rules.content === 'text') return { by: 'message', channel, ...addresses };
	needs(env, 'GENESYS_TEMPLATE_ID');
	const id = valueOf(env, 'GENESYS_TEMPLATE_ID');
	const parameters = valueOf(env, 'GENESYS_TEMPLATE_PARAMETERS');
	checked(() => parametersFromJson(parameters));
	return { by: 'message', channel, ...addresses, template: { id, parameters } };
}

/** Numbers and IDs are copied as often as they are typed. */
function valueOf(env: NodeJS.ProcessEnv, name: Variable): string {
	return pasted(env[name]);
}

function needs(env: NodeJS.ProcessEnv, ...names: Variable[]): void {
	const missing = names.filter((name) => valueOf(env, name) === '');
	if (missing.length === 0) return;
	throw new SettingsError(`Set ${missing.join(' and ')} too.`);
}

/** What the product says of a field, said of the variable. */
function checked<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		const { field, message, remedy } = error;
		const problem = message.replace(`'${field}'`, VARIABLE_OF[field] ?? field);
		throw new SettingsError(`${problem}. ${remedy.replace(' in the credential', '')}.`);
	}
}
