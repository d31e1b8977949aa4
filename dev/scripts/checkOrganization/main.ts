import { parseArgs } from 'node:util';

import { runScript } from '../runScript';
import { version } from '../../../package.json';
import { credentialOf, SettingsError, targetOf, type Target } from '../../demo/settings';
import { checkOrganization } from './checkOrganization';

const USAGE = `Checks whether a Genesys Cloud organization has what this node needs, and what docs and
simulator assume of Genesys Cloud. Prints a report without secrets, ready for an issue.

  npm run --silent check:org > report.md

Set GENESYS_CLIENT_ID, GENESYS_CLIENT_SECRET and GENESYS_ENVIRONMENT (such as mypurecloud.de), or
GENESYS_LOGIN_URL and GENESYS_API_URL. With GENESYS_CHANNEL, GENESYS_FROM and GENESYS_TO (or
GENESYS_CONTACT_ID) it also sends one message; else it sends nothing.

  --no-message   send nothing, whatever is set
  --help         this text
`;

/** `npm run check:org` */
async function main(): Promise<number> {
	const { values } = parse();
	if (values.help) {
		process.stdout.write(USAGE);
		return 0;
	}
	const credential = credentialOf(process.env);
	const target = values['no-message'] ? undefined : targetOf(process.env);
	const report = await checkOrganization(credential, target);
	const about = [
		`Environment: ${credential.environment}`,
		`n8n-nodes-genesys-cloud ${version}, Node.js ${process.version}`,
		new Date().toISOString().slice(0, 10),
	];
	const { clientId, clientSecret } = credential;
	process.stdout.write(report.toMarkdown(about, [clientId, clientSecret, ...addressesOf(target)]));
	return report.succeeded ? 0 : 1;
}

function parse() {
	try {
		return parseArgs({
			options: { 'no-message': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
		});
	} catch (error) {
		throw new SettingsError(`${(error as Error).message}\n\n${USAGE}`);
	}
}

function addressesOf(target: Target | undefined): string[] {
	if (!target) return [];
	if (target.by === 'webMessage') return [target.contactId];
	return [target.from, target.to, target.template?.id ?? ''];
}

runScript(main, SettingsError);
