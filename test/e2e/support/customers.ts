import { CUSTOMERS_TABLE } from '../../../dev/playground/seedTable';
import { DataTable, type Row } from './dataTable';
import type { N8n } from './n8n';
import { until } from './until';

/** The Data Table that the capturing examples fill and the campaign reads. */
export class Customers {
	private constructor(private readonly n8n: N8n) {}

	/** Begins without the table: the examples create it themselves. */
	static async none(n8n: N8n): Promise<Customers> {
		await (await DataTable.find(n8n, CUSTOMERS_TABLE.name))?.remove();
		return new Customers(n8n);
	}

	/** Begins with these customers; what is left out is empty, and each was seen just now. */
	static async of(n8n: N8n, rows: readonly Row[]): Promise<Customers> {
		const table = await DataTable.create(n8n, CUSTOMERS_TABLE.name, CUSTOMERS_TABLE.columns);
		const lastSeen = new Date().toISOString();
		await table.insert(rows.map((row) => ({ lastSeen, ...row })));
		return new Customers(n8n);
	}

	/** All rows, in the order they were added; none without a table. */
	async rows(): Promise<Row[]> {
		return (await (await DataTable.find(this.n8n, CUSTOMERS_TABLE.name))?.rows()) ?? [];
	}

	/** Waits for rows. */
	async when(what: string, fits: (rows: readonly Row[]) => boolean): Promise<Row[]> {
		return await until(what, async () => {
			const rows = await this.rows();
			return fits(rows) && rows;
		});
	}
}
