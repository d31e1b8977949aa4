// Loads an unpacked package with n8n's own loader and prints what n8n would offer as JSON.
// A process of its own, so that neither Jest's module loader nor its test mode plays a part.
const { PackageDirectoryLoader } = require('n8n-core');

async function main([directory]) {
	const loader = new PackageDirectoryLoader(directory);
	await loader.loadAll();
	const describe = ({ type }) => type.description ?? type;
	console.log(
		JSON.stringify({
			packageName: loader.packageName,
			nodes: Object.values(loader.nodeTypes).map(describe),
			credentials: Object.values(loader.credentialTypes).map(describe),
		}),
	);
}

void main(process.argv.slice(2));
