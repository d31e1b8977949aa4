import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { version } from '../../../package.json';
import { builtPackage } from '../support/bed';
import { brokenNames } from '../support/brokenNames';
import { nodeTypeUnderTest } from '../support/panel';
import { publicNames, type PublicNames, type PublicParameter } from '../support/publicNames';

const FOLDER = path.join(__dirname, '../../fixtures/publicNames');
const releases = readdirSync(FOLDER).map((file) => path.parse(file).name);
const SMS = 'resource=message channel=sms';

function namesOf(release: string): PublicNames {
	return JSON.parse(readFileSync(path.join(FOLDER, `${release}.json`), 'utf8')) as PublicNames;
}

async function namesOfToday(): Promise<PublicNames> {
	const credential = (await builtPackage()).getCredential('genesysCloudApi').type;
	const { description } = await nodeTypeUnderTest();
	return publicNames(description, credential);
}

/** The names of 0.1.0 with another parameter of Message > Send by SMS. */
function smsWith(name: string, parameter: Partial<PublicParameter> | undefined): PublicNames {
	const names = namesOf('0.1.0');
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
	it('are all there, with the same defaults', async () => {
		expect(brokenNames(namesOf(release), await namesOfToday())).toEqual([]);
	});
});

describe('the names of 0.1.0', () => {
	it('are of every resource, operation, channel and output', () => {
		const { parameters, outputs } = namesOf('0.1.0');
		expect(Object.keys(parameters)).toEqual([
			'resource=conversation',
			'resource=externalContact',
			'resource=message',
			'resource=message channel=sms',
			'resource=message channel=whatsapp',
			'resource=message channel=whatsapp templateParametersInput=json',
			'resource=message channel=open',
			'resource=message channel=apple',
			'resource=message operation=getStatus',
			'defaults',
		]);
		expect(outputs).toMatchObject({
			defaults: [null],
			'unreachable=output': ['Sent', 'Unreachable'],
			'resource=message operation=getStatus': [null],
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
			{ ...namesOf('0.1.0'), outputs: {} },
			`${SMS} unreachable=output: the outputs ["Sent","Unreachable"] are others now.`,
		],
		['a resource goes', { ...namesOf('0.1.0'), parameters: {} }, 'defaults: is gone.'],
	])('do not hold when %s', (_change, changed, sentence) => {
		expect(brokenNames(namesOf('0.1.0'), changed)).toContain(sentence);
	});

	it('do not hold when a delivery option goes', () => {
		const { delivery } = namesOf('0.1.0').parameters[SMS]!;
		const fields = { ...delivery!.fields };
		delete fields.uncertain;
		expect(brokenNames(namesOf('0.1.0'), smsWith('delivery', { fields }))).toEqual([
			`${SMS}: delivery: uncertain is gone.`,
		]);
	});

	it('hold when something is added', () => {
		const values = ['error', 'output', 'drop'];
		expect(brokenNames(namesOf('0.1.0'), smsWith('unreachable', { values }))).toEqual([]);
		expect(brokenNames(namesOf('0.1.0'), smsWith('new', { type: 'string' }))).toEqual([]);
	});
});
