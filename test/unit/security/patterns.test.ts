import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

jest.setTimeout(60_000);

const repository = join(__dirname, '../../..');

/** The linter's settings for a file, as its command line tells them. */
function lintRules(file: string): Record<string, unknown[]> {
	const eslint = join(repository, 'node_modules/eslint/bin/eslint.js');
	const told = execFileSync(process.execPath, [eslint, '--print-config', file], {
		cwd: repository,
	});
	return (JSON.parse(told.toString()) as { rules: Record<string, unknown[]> }).rules;
}

describe('the patterns of the shipped code', () => {
	it('are judged by the linter, which refuses what is slower than linear', () => {
		const rules = lintRules('nodes/GenesysCloud/api/answer.ts');
		const refused = [2, { report: 'potential' }];
		expect(rules['regexp/no-super-linear-backtracking']).toMatchObject(refused);
		expect(rules['regexp/no-super-linear-move']).toMatchObject(refused);
	});
});
