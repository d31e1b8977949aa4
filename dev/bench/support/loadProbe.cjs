// Prints how long n8n's own loader takes to load a package, in ms, and how much heap stays taken,
// in bytes. A process of its own without tsx, so that nothing but n8n's loader plays a part.
// Usage: node --expose-gc loadProbe.cjs <package folder>
const { Logger } = require('@n8n/backend-common');
const { Container } = require('@n8n/di');
const { LazyPackageDirectoryLoader } = require('n8n-core');

async function main([directory]) {
	// n8n has made its logger long before it loads a package.
	Container.get(Logger);
	globalThis.gc();
	const before = process.memoryUsage().heapUsed;
	const startedAt = performance.now();
	const loader = new LazyPackageDirectoryLoader(directory);
	await loader.loadAll();
	const ms = performance.now() - startedAt;
	globalThis.gc();
	const heapBytes = process.memoryUsage().heapUsed - before;
	process.stdout.write(JSON.stringify({ ms, heapBytes, nodes: loader.types.nodes.length }));
}

void main(process.argv.slice(2));
