import { exampleWorkflows } from '../../../dev/playground/examples';
import { greeting } from '../../../dev/playground/greeting';

const N8N = 'http://127.0.0.1:5678';
const text = greeting(
	{ n8n: N8N, simulator: 'http://127.0.0.1:8095', logFile: 'n8n.log' },
	{ email: 'owner@example.com', password: 'Playground1' },
);

describe('the greeting of "npm run n8n"', () => {
	it('leads to workflows that there are, and calls them by their names', () => {
		const ids = [...text.matchAll(/\/workflow\/([\w-]+)/g)].map(([, id]) => id);
		const names = new Map(exampleWorkflows().map(({ id, name }) => [id, name]));
		expect(ids).toEqual(['campaign', 'ask-and-wait', 'ask-and-wait']);
		for (const id of ids) expect(text).toContain(names.get(id ?? ''));
	});

	it('says how to log in, and where the customer is', () => {
		expect(text).toContain('owner@example.com');
		expect(text).toContain('Playground1');
		expect(text).toMatch(/http:\/\/127\.0\.0\.1:8095\/widget\?contactId=\S+/);
	});
});
