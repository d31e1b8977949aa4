/** Whether something works in this organization, as the node needs it. */
export interface Finding {
	readonly what: string;
	readonly state: 'works' | 'missing' | 'failed' | 'not checked';
	readonly seen: string;
}

/** What docs and simulator assume of Genesys Cloud, held against what was seen. */
interface Assumption {
	readonly what: string;
	readonly verdict: 'confirmed' | 'refuted' | 'not seen';
	readonly seen: string;
}

/** All that was found out. */
export class Report {
	readonly findings: Finding[] = [];
	readonly assumptions: Assumption[] = [];

	find(what: string, state: Finding['state'], seen = ''): void {
		this.findings.push({ what, state, seen });
	}

	/** @param holds `undefined` when what was seen does not decide */
	assume(what: string, holds: boolean | undefined, seen: string): void {
		const verdict = holds === undefined ? 'not seen' : holds ? 'confirmed' : 'refuted';
		this.assumptions.push({ what, verdict, seen });
	}

	/** Whether nothing failed; a missing permission is no failure. */
	get succeeded(): boolean {
		return this.findings.every(({ state }) => state !== 'failed');
	}

	/**
	 * Writes the report as Markdown.
	 *
	 * @param about lines about the circumstances
	 * @param secrets what must not stand in it: of the organization, its clients and its customers
	 */
	toMarkdown(about: readonly string[], secrets: readonly string[]): string {
		const text = [
			'## Check of a Genesys Cloud organization',
			'',
			...about.map((line) => `- ${line}`),
			'',
			'### What works',
			'',
			...table(
				['What', 'State', 'Seen'],
				this.findings.map(({ what, state, seen }) => [what, state, seen]),
			),
			'',
			'### What docs and simulator assume',
			'',
			...table(
				['Assumption', 'Verdict', 'Seen'],
				this.assumptions.map(({ what, verdict, seen }) => [what, verdict, seen]),
			),
			'',
		].join('\n');
		// A phone number is quoted without its plus too. The longest first: one may be part of another.
		const hidden = secrets
			.flatMap((secret) => [secret, secret.replace(/^\+/, '')])
			.filter((secret) => secret !== '')
			.sort((a, b) => b.length - a.length);
		return hidden.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
	}
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell) => cell.replace(/\s+/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
