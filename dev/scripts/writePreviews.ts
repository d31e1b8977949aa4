// npm run previews: writes the output previews (__schema__) from what the operations really return.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { startSimulator } from '../simulator';
import { Bed, credentialOf, engineWith } from '../../test/engine/support/bed';
import { previewOf, realOutputs } from '../../test/engine/support/previews';

const FOLDER = path.join(__dirname, '../../nodes/GenesysCloud/__schema__/v1.0.0');

async function main(): Promise<void> {
	for (const [name, run] of Object.entries(realOutputs)) {
		const client = { clientId: name, clientSecret: 'previews', permissions: true };
		const simulator = await startSimulator({ unknownContacts: 'accept', clients: [client] });
		try {
			const credential = credentialOf(simulator.url, client);
			const bed = new Bed(simulator, await engineWith(credential), client, credential);
			const file = path.join(FOLDER, `${name}.json`);
			await mkdir(path.dirname(file), { recursive: true });
			const preview = previewOf(await run(bed));
			await writeFile(file, `${JSON.stringify(preview, undefined, '\t')}\n`);
			console.log(`${name}: ${Object.keys(preview.properties).join(', ')}`);
		} finally {
			await simulator.stop();
		}
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
