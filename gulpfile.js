// Builds dist/, the only folder that the npm package ships.
const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src, watch } = require('gulp');

// What n8n reads beside the compiled code: icons, the codex and the output previews. Each pattern begins with
// its folder: for one that begins with braces, gulp reads the whole repository, node_modules included.
const assets = [
	'nodes/**/*.{svg,png}',
	'credentials/**/*.{svg,png}',
	'nodes/**/*.node.json',
	'nodes/**/__schema__/**/*.json',
];

function clean() {
	return rm('dist', { recursive: true, force: true });
}

// The compiler runs as a process of its own: its exit code fails the task.
function compile() {
	const compiler = require.resolve('typescript/bin/tsc');
	return spawn(process.execPath, [compiler, '--project', 'tsconfig.build.json'], {
		stdio: ['ignore', 'inherit', 'inherit'],
	});
}

function copyAssets() {
	// encoding: false keeps PNG files byte for byte
	return src(assets, { base: '.', encoding: false }).pipe(dest('dist'));
}

const build = series(clean, parallel(compile, copyAssets));

function dev() {
	watch(['{nodes,credentials}/**/*', 'tsconfig*.json'], { ignoreInitial: false }, build);
}

module.exports = { clean, compile, copyAssets, build, dev, default: build };
