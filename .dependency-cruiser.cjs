// The house: which folder of the product may import from which. One direction, no circle, type imports
// included. `npm run lint` checks it.
const PRODUCT = '^nodes/GenesysCloud/';

/** From the top floor to the ground: each folder may import from those below it. */
const FLOORS = [
	['n8n'],
	['resources', 'events', 'listSearch'],
	['notifications'],
	['api'],
	['delivery'],
	['failures'],
];

const folders = (names) => `${PRODUCT}(?:${names.join('|')})/`;

const onlyDownwards = FLOORS.slice(1).map((names, index) => ({
	name: `${names.join('-')}-knows-nothing-above`,
	severity: 'error',
	from: { path: folders(names) },
	to: { path: folders(FLOORS.slice(0, index + 1).flat()) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		...onlyDownwards,
		{
			name: 'no-circle',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'entry-points-are-imported-by-nobody',
			severity: 'error',
			from: { path: folders(FLOORS.flat()) },
			to: { path: `${PRODUCT}[^/]+\\.node\\.ts$` },
		},
		{
			name: 'operations-and-events-do-not-know-each-other',
			severity: 'error',
			from: { path: folders(['resources', 'listSearch']) },
			to: { path: folders(['events']) },
		},
		{
			name: 'delivery-knows-no-http-and-no-n8n',
			severity: 'error',
			from: { path: folders(['delivery', 'failures']) },
			to: { path: 'n8n-workflow|node:crypto' },
		},
		{
			name: 'what-is-shipped-imports-nothing-else',
			severity: 'error',
			from: { path: '^(?:nodes|credentials)/' },
			to: { pathNot: '^(?:nodes|credentials)/|n8n-workflow|^(?:node:)?crypto$' },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^dev/playground/\\.data/' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
	},
};
