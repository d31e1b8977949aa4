import { WHO_AM_I_PATH } from '../../../nodes/GenesysCloud/api/oauth';
import type { Answer, Organization } from './organization';
import type { Report } from './report';

/** Genesys Cloud's documented limit: calls a minute for each token of a client credentials grant. */
const DOCUMENTED_LIMIT = 300;
/** The documented life of a token of a client, in seconds. */
const TOKEN_LIFE = { min: 300, max: 172_800 };

/**
 * Checks region, login and who the client is.
 *
 * @returns whether calls can be made at all
 */
export async function checkAccess(organization: Organization, report: Report): Promise<boolean> {
	const stranger = await organization.loginAsStranger();
	report.find(
		'Region: a token endpoint answers there',
		stranger.status === undefined ? 'failed' : 'works',
		stranger.status === undefined ? stranger.said : '',
	);
	if (stranger.status === undefined) return false;
	report.assume(
		'An unknown client is refused with 400 `invalid_client`',
		stranger.status === 400 && stranger.body.error === 'invalid_client',
		seenError(stranger),
	);

	const login = await organization.login();
	report.find('Login with client ID and secret', login.ok ? 'works' : 'failed', login.said);
	if (!login.ok) return false;
	checkToken(login, report);

	const me = await organization.call({
		method: 'GET',
		path: WHO_AM_I_PATH,
		reads: true,
		answer: 'any',
	});
	report.find('The API answers, and knows the client', me.ok ? 'works' : 'failed', me.said);
	if (!me.ok) return false;
	const fields = ['organization', 'OAuthClient'].filter((name) => name in me.body);
	report.assume(
		'`tokens/me` tells `organization` and `OAuthClient`',
		fields.length === 2,
		`fields: ${Object.keys(me.body).join(', ')}`,
	);
	checkHeaders(me, report);
	return true;
}

function checkToken({ body }: Answer, report: Report): void {
	const { token_type: type, expires_in: life } = body;
	report.assume(
		'A token is a `bearer` token with `expires_in` in seconds, 300 to 172,800',
		String(type).toLowerCase() === 'bearer' &&
			typeof life === 'number' &&
			life >= TOKEN_LIFE.min &&
			life <= TOKEN_LIFE.max,
		`\`token_type\` ${String(type)}, \`expires_in\` ${String(life)}`,
	);
}

function checkHeaders(me: Answer, report: Report): void {
	const header = (name: string) => me.header(`inin-ratelimit-${name}`);
	const [allowed, count, reset] = [header('allowed'), header('count'), header('reset')];
	const seen = `allowed ${allowed ?? '-'}, count ${count ?? '-'}, reset ${reset ?? '-'}`;
	const told = allowed !== undefined && count !== undefined && reset !== undefined;
	report.assume('Answers have the headers `inin-ratelimit-allowed/-count/-reset`', told, seen);
	report.assume(
		'300 calls a minute for each token',
		told ? Number(allowed) === DOCUMENTED_LIMIT : undefined,
		seen,
	);
	report.assume(
		'The window of the limit is a minute; `reset` tells the seconds left',
		told ? Number(reset) > 0 && Number(reset) <= 61 : undefined,
		seen,
	);
	report.assume(
		'Answers have the header `inin-correlation-id`',
		me.header('inin-correlation-id') !== undefined,
		'',
	);
}

/** Status and code of a refusal. */
export function seenError({ status, body }: Answer): string {
	const code = body.code ?? body.error;
	return `${status ?? 'no answer'}${typeof code === 'string' ? ` \`${code}\`` : ''}`;
}
