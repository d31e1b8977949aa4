import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';

import { format, resolveConfig } from 'prettier';

/** Where the results of both campaigns are written. */
const RESULTS = path.join(__dirname, 'RESULTS.md');

/** The campaigns, by the heading of their section. */
const SECTIONS = { node: '## Genesys Cloud node', trigger: '## Genesys Cloud Trigger' };

/**
 * Writes one campaign's section; the other one stays as it was.
 *
 * @param name the campaign
 * @param text what it came to, in Markdown
 * @param facts how it was run, such as its seed
 */
export async function writeSection(
	name: keyof typeof SECTIONS,
	text: string,
	facts: readonly string[],
): Promise<void> {
	const machine = [`commit ${commit()}`, `${cpus().length} CPUs`, `Node.js ${process.version}`];
	const sections = {
		...readSections(),
		[name]: `${text}\n\n_${[...facts, ...machine].join(', ')}._`,
	};
	const page = [
		'# Fault campaigns',
		'Written by `npm run test:faults`. Everything runs in n8n’s engine with the built package, over TLS on',
		'loopback and real WebSockets; the judge is the simulator’s journal of what was really accepted, or due.',
		'',
		...(['node', 'trigger'] as const).flatMap((one) => [SECTIONS[one], '', sections[one], '']),
	].join('\n');
	const options = { ...(await resolveConfig(RESULTS)), filepath: RESULTS };
	writeFileSync(RESULTS, await format(page, options));
}

function readSections(): Record<keyof typeof SECTIONS, string> {
	const page = readFileSync(RESULTS, 'utf8');
	const [, rest = ''] = page.split(`${SECTIONS.node}\n`);
	const [node = '', trigger = ''] = rest.split(`${SECTIONS.trigger}\n`);
	return { node: node.trim() || 'Not run yet.', trigger: trigger.trim() || 'Not run yet.' };
}

/** The commit that was tested; marked when there were changes beside it. */
function commit(): string {
	const git = (...args: string[]) =>
		execFileSync('git', args, { cwd: __dirname }).toString().trim();
	try {
		const changed = git('status', '--porcelain', '--', '../../nodes', '../../credentials') !== '';
		return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}`;
	} catch {
		return 'unknown';
	}
}
