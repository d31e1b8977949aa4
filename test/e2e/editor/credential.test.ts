import { CredentialForm } from '../../../dev/scripts/editor/credentialForm';
import { beds, type Bed } from '../support/bed';
import { editors } from '../support/editors';

const openBed = beds();
const openEditor = editors();
let bed: Bed;

beforeAll(async () => {
	bed = await openBed();
});

/** Fills in the form of a new credential for the bed's simulator, and saves it. */
async function saveNew(clientSecret: string) {
	const editor = await openEditor();
	await editor.newWorkflow();
	await editor.addNode('Genesys', 'Send a web message');
	const form = await CredentialForm.openNew(editor);
	await editor.choose('environment', 'Custom');
	await editor.fill('loginUrl', bed.simulator.url);
	await editor.fill('apiUrl', bed.simulator.url);
	await editor.fill('clientId', bed.credentialData.clientId!);
	await editor.fill('clientSecret', clientSecret);
	await form.save();
	return { editor, form };
}

describe("the credential's form", () => {
	it('is filled in and saved; it closes once its test has passed', async () => {
		const { editor, form } = await saveNew(bed.secret);
		await form.dialog.waitFor({ state: 'hidden' });
		const again = await CredentialForm.open(editor);
		expect(await again.verdict()).toContain('Connection tested successfully');
	});

	it('says for which addresses it works in the HTTP Request node', async () => {
		const { editor, form } = await saveNew(bed.secret);
		await form.dialog.waitFor({ state: 'hidden' });
		const again = await CredentialForm.open(editor);
		const domains = again.dialog.getByTestId('parameter-input-allowedHttpRequestDomains');
		expect(await domains.getByRole('combobox').inputValue()).toBe('Only Those of the Environment');
	});

	it('says what to check when Genesys Cloud refuses the client', async () => {
		const { form } = await saveNew('not-the-secret');
		const verdict = await form.verdict();
		expect(verdict).toContain('Genesys Cloud did not accept the client ID and secret');
		expect(verdict).toContain('the right client in the wrong region');
		expect(verdict).not.toContain('not-the-secret');
	});
});
