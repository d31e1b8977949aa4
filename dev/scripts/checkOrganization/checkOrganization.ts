import type { CredentialData, Target } from '../../demo/settings';
import { checkAccess } from './access';
import { checkMessage } from './message';
import { Organization } from './organization';
import { checkOperations } from './permissions';
import { checkPickLists } from './pickLists';
import { Report } from './report';
import { checkTopics } from './topics';

/**
 * Checks a whole organization. Nothing is changed there and nothing sent, but for the one message to
 * `target`.
 *
 * @param target whom a message may go to; without one none is sent
 */
export async function checkOrganization(
	credential: CredentialData,
	target: Target | undefined,
): Promise<Report> {
	const report = new Report();
	const organization = new Organization(credential);
	if (!(await checkAccess(organization, report))) return report;
	await checkPickLists(credential, report);
	await checkOperations(organization, report);
	await checkTopics(organization, report);
	if (target) await checkMessage(organization, target, report);
	else report.find('One message and its status', 'not checked', 'no recipient is set');
	return report;
}
