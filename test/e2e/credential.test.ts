import { beds, type Bed } from './support/bed';

const openBed = beds();
let bed: Bed;

beforeAll(async () => {
	bed = await openBed();
});

describe("the credential form's test", () => {
	it('passes with the right data', async () => {
		const verdict = await bed.n8n.testCredential(bed.credentialData);
		expect(verdict).toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	it('fails with a wrong secret, and says what to check', async () => {
		const clientSecret = 'not-the-secret';
		const verdict = await bed.n8n.testCredential({ ...bed.credentialData, clientSecret });
		expect(verdict.status).toBe('Error');
		expect(verdict.message).toMatch(/client ID/i);
		expect(verdict.message).toMatch(/region|environment/i);
		expect(verdict.message).not.toContain(clientSecret);
	});

	it('fails in the wrong region, which does not know the client, and says so', async () => {
		const elsewhere = await openBed();
		const { url } = elsewhere.simulator;
		const data = { ...bed.credentialData, loginUrl: url, apiUrl: url };
		const verdict = await bed.n8n.testCredential(data);
		expect(verdict.status).toBe('Error');
		expect(verdict.message).toContain('the right client in the wrong region');
	});

	it('fails with an API URL where nobody listens, says so, and names it', async () => {
		const apiUrl = 'http://127.0.0.1:9';
		const verdict = await bed.n8n.testCredential({ ...bed.credentialData, apiUrl });
		expect(verdict.status).toBe('Error');
		expect(verdict.message).toContain('The connection to Genesys Cloud did not work');
		expect(verdict.message).toContain(`The API URL is ${apiUrl}`);
	});

	it('fails with a login URL where nobody listens, and says so', async () => {
		const loginUrl = 'http://127.0.0.1:9';
		const verdict = await bed.n8n.testCredential({ ...bed.credentialData, loginUrl });
		expect(verdict.status).toBe('Error');
		expect(verdict.message).toContain('The connection to Genesys Cloud did not work');
	});

	it('fails with an address that is not safe, and names the field', async () => {
		const loginUrl = 'http://login.example.com';
		const verdict = await bed.n8n.testCredential({ ...bed.credentialData, loginUrl });
		expect(verdict.status).toBe('Error');
		expect(verdict.message).toContain('Login URL');
	});
});
