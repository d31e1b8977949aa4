import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeType } from 'n8n-workflow';
import { version } from '../../../package.json';
import { builtPackage } from '../support/bed';
import { brokenNames } from '../support/brokenNames';
import { publicNames, type PublicNames, type PublicParameter } from '../support/publicNames';

const FOLDER = path.join(__dirname, '../../fixtures/publicNames');
const releases = readdirSync(FOLDER).map((file) => path.parse(file).name);
const SMS = 'channel=sms';

const NODES = ['genesysCloud', 'genesysCloudTrigger'] as const;

type AllNames = Record<(typeof NODES)[number], PublicNames>;

function allNamesOf(release: string): AllNames {
	return JSON.parse(readFileSync(path.join(FOLDER, `${release}.json`), 'utf8')) as AllNames;
}

function namesOf(release: string): PublicNames {
	return allNamesOf(release).genesysCloud;
}

async function namesOfToday(node: string): Promise<PublicNames> {
	const loaded = await builtPackage();
	const { description } = loaded.getNode(node).type as INodeType;
	return publicNames(description, loaded.getCredential('genesysCloudApi').type);
}

/** The names of 1.0.0 with another parameter of Message > Send by SMS. */
function smsWith(name: string, parameter: Partial<PublicParameter> | undefined): PublicNames {
	const names = namesOf('1.0.0');
	const { [name]: before, ...others } = names.parameters[SMS]!;
	const changed = parameter ? { ...others, [name]: { ...before!, ...parameter } } : others;
	return { ...names, parameters: { ...names.parameters, [SMS]: changed } };
}

it('each release has its names written down', () => {
	expect(releases).toContain(version);
});

// Adding is allowed. Removing or renaming, or another default, breaks saved workflows: that takes a
// new version of the node, which leaves version 1 as it is.
describe.each(releases)('the names that workflows of %s refer to', (release) => {
	it.each(NODES)('are all there, with the same defaults: %s', async (node) => {
		expect(brokenNames(allNamesOf(release)[node], await namesOfToday(node))).toEqual([]);
	});
});

describe('the names of 1.0.0', () => {
	it('are of every resource, operation, channel and output', () => {
		const { parameters, outputs } = namesOf('1.0.0');
		expect(Object.keys(parameters)).toEqual([
			'defaults',
			'channel=sms',
			'channel=whatsapp',
			'channel=whatsapp templateParametersInput=json',
			'channel=whatsapp templateParametersInput=fields',
			'channel=open',
			'channel=apple',
			'operation=getStatus',
			'resource=conversation',
			'resource=conversation operation=getMessages',
			'resource=externalContact identifierType=Email',
			'resource=externalContact',
			'resource=webMessage',
		]);
		expect(outputs).toMatchObject({
			defaults: [null],
			'unreachable=output': ['Sent', 'Unreachable'],
			'operation=getStatus': [null],
			'resource=externalContact unreachable=output': ['Found', 'Not Found'],
		});
	});

	it.each<[string, PublicNames, string]>([
		['a parameter is renamed', smsWith('toAddress', undefined), `${SMS}: toAddress is gone.`],
		[
			'a default changes',
			smsWith('simplify', { default: false }),
			`${SMS}: simplify had the default true.`,
		],
		[
			'a type changes',
			smsWith('toAddress', { type: 'number' }),
			`${SMS}: toAddress was of the type "string".`,
		],
		[
			'a value of a dropdown goes',
			smsWith('unreachable', { values: ['error'] }),
			`${SMS}: unreachable: the value "output" is gone.`,
		],
		[
			'a mode of a resource locator goes',
			smsWith('fromAddress', { modes: ['list'] }),
			`${SMS}: fromAddress: the mode "id" is gone.`,
		],
		[
			'an output is renamed',
			{ ...namesOf('1.0.0'), outputs: {} },
			`${SMS} unreachable=output: the outputs ["Sent","Unreachable"] are others now.`,
		],
		['a resource goes', { ...namesOf('1.0.0'), parameters: {} }, 'defaults: is gone.'],
	])('do not hold when %s', (_change, changed, sentence) => {
		expect(brokenNames(namesOf('1.0.0'), changed)).toContain(sentence);
	});

	it('do not hold when a delivery option goes', () => {
		const { delivery } = namesOf('1.0.0').parameters[SMS]!;
		const fields = { ...delivery!.fields };
		delete fields.uncertain;
		expect(brokenNames(namesOf('1.0.0'), smsWith('delivery', { fields }))).toEqual([
			`${SMS}: delivery: uncertain is gone.`,
		]);
	});

	it('hold when something is added', () => {
		const values = ['error', 'output', 'drop'];
		expect(brokenNames(namesOf('1.0.0'), smsWith('unreachable', { values }))).toEqual([]);
		expect(brokenNames(namesOf('1.0.0'), smsWith('new', { type: 'string' }))).toEqual([]);
	});
});
