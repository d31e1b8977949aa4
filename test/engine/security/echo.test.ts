import { MemoryDeduplicator } from '../../../dev/headless-n8n/deduplication';
import { beds } from '../support/bed';
import { FORMS, startEcho, type Echo } from '../support/echo';
import { jsonOf } from '../support/outcomes';
import { everythingOf, formsOf, watch } from '../support/secrets';
import { customers } from '../support/workflows';

jest.setTimeout(60_000);

const openBed = beds();
const STATUSES = [200, 201, 302, 400, 401, 403, 404, 409, 429, 500, 503];
const clientSecret = 's3cret/"of"\\the€client+=%-7f9c';

let echo: Echo;
afterEach(async () => await echo.close());

/** The secrets that a text gives away, in any form. */
function foundIn(text: string): string[] {
	const forms = [...echo.secrets].flatMap((secret) => [
		...formsOf(secret),
		JSON.stringify(secret).slice(1, -1),
	]);
	return forms.filter((form) => text.includes(form));
}

describe.each([false, true])(
	'a gateway that repeats credentials, reuse: %s',
	(reuseConnections) => {
		it.each(Object.keys(FORMS))('%s brings them nowhere', async (form) => {
			echo = await startEcho(FORMS[form]!);
			const deduplication = new MemoryDeduplicator();
			const urls = { loginUrl: echo.url, apiUrl: echo.url };
			const watched = watch();
			const delivery = { reuseConnections, maxAttempts: 2, maxWaitSeconds: 0.1 };
			const options = { ...delivery, sendOnceKey: '={{ $json.contactId }}' };
			const texts: string[] = [];
			for (const [endpoint, status] of STATUSES.flatMap((code) => [
				['tokenStatus', code] as const,
				['apiStatus', code] as const,
			])) {
				echo.tokenStatus = echo.apiStatus = 200;
				echo[endpoint] = status;
				for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
					// A bed of its own has another client: no token is left from the run before.
					const bed = await openBed({ credential: { ...urls, clientSecret }, deduplication });
					const fields = { simplify: false, delivery: options };
					const result = await bed.run(customers(`c-${texts.length}`), fields, { onError });
					texts.push(everythingOf(result, watched.lines) + JSON.stringify(result.context));
				}
			}
			watched.stop();
			expect(echo.secrets).toContain(clientSecret);
			expect(echo.calls).toBeGreaterThan(STATUSES.length * 4);
			expect([...new Set(texts.flatMap(foundIn))]).toEqual([]);
		});
	},
);

it('a gateway that repeats credentials in a success leaves the rest of the answer as it is', async () => {
	echo = await startEcho(FORMS['with escaped slashes']!);
	const bed = await openBed({ credential: { loginUrl: echo.url, apiUrl: echo.url } });
	const [sent] = jsonOf(await bed.run(customers('c1'), { simplify: false }));
	expect(sent).toMatchObject({ id: 'm-1', code: 'of ***!', echo: { headers: ['Basic ***', {}] } });
});
