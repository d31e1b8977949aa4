import type { N8n } from './n8n';

/** A row of a Data Table. */
export type Row = Readonly<Record<string, unknown>>;

interface Column {
	readonly name: string;
	readonly type: string;
}

const PAGE = 100;

/** A Data Table of n8n, by name. */
export class DataTable {
	private constructor(
		private readonly n8n: N8n,
		private readonly path: string,
	) {}

	/** Finds a table. */
	static async find(n8n: N8n, name: string): Promise<DataTable | undefined> {
		const tables = await tablesPath(n8n);
		const answer = await n8n.rest.call('GET', tables);
		const { data } = answer.data as { data: { id: string; name: string }[] };
		const found = data.find((table) => table.name === name);
		return found && new DataTable(n8n, `${tables}/${found.id}`);
	}

	/** Creates a table, in place of one of that name. */
	static async create(n8n: N8n, name: string, columns: readonly Column[]): Promise<DataTable> {
		await (await DataTable.find(n8n, name))?.remove();
		const tables = await tablesPath(n8n);
		const answer = await n8n.rest.call('POST', tables, { name, columns });
		return new DataTable(n8n, `${tables}/${(answer.data as { id: string }).id}`);
	}

	/** Adds rows. */
	async insert(rows: readonly Row[]): Promise<void> {
		await this.n8n.rest.call('POST', `${this.path}/insert`, { data: rows, returnType: 'count' });
	}

	/** A page of its rows, in the order they were added. */
	async rows(skip = 0): Promise<Row[]> {
		const query = `take=${PAGE}&skip=${skip}&sortBy=id:asc`;
		const answer = await this.n8n.rest.call('GET', `${this.path}/rows?${query}`);
		return (answer.data as { data: Row[] }).data;
	}

	/** How many rows have a value in a column. */
	async count(columnName: string, value: string): Promise<number> {
		const filter = JSON.stringify({ filters: [{ columnName, value }] });
		const query = `take=1&filter=${encodeURIComponent(filter)}`;
		const answer = await this.n8n.rest.call('GET', `${this.path}/rows?${query}`);
		return (answer.data as { count: number }).count;
	}

	/** Removes the table. */
	async remove(): Promise<void> {
		await this.n8n.rest.call('DELETE', this.path);
	}
}

async function tablesPath(n8n: N8n): Promise<string> {
	const answer = await n8n.rest.call('GET', '/rest/projects/personal');
	return `/rest/projects/${(answer.data as { id: string }).id}/data-tables`;
}
