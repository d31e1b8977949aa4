// Two sets of rules. What the npm package ships is judged by the very configuration of n8n's own
// scanner, which decides whether a community node is accepted. All TypeScript of the repository is
// judged by typescript-eslint's strict, type-aware rules.
import { buildScanConfig } from '@n8n/scan-community-package/scanner/scanner.mjs';
import jest from 'eslint-plugin-jest';
import regexp from 'eslint-plugin-regexp';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const shipped = ['package.json', '{nodes,credentials}/**/*.{ts,json}'];

export default defineConfig(
	globalIgnores([
		'dist/',
		'coverage/',
		'reports/',
		'dev/playground/.data/',
		'.tmp/',
		'package-lock.json',
	]),
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },

	{
		files: shipped,
		extends: [await buildScanConfig()],
		// The scanner ignores eslint-disable comments, so they must not help here either.
		linterOptions: { noInlineConfig: true },
	},

	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			eqeqeq: 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			// A number in a text and an arrow function around a void call read well.
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			// What n8n stores for a node is a plain object, not a Map.
			'@typescript-eslint/no-dynamic-delete': 'off',
			// n8n's interfaces and Fastify's handlers ask for async functions that need not wait.
			'@typescript-eslint/require-await': 'off',
		},
	},

	{
		// A pattern whose time grows faster than the text would let an answer hold up n8n.
		files: ['{nodes,credentials}/**/*.ts'],
		plugins: { regexp },
		rules: {
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': ['error', { report: 'potential' }],
		},
	},

	{
		files: ['test/**/*.ts'],
		extends: [jest.configs['flat/recommended'], jest.configs['flat/style']],
		rules: {
			// The type-aware version knows that expect(object.method) calls nothing.
			'@typescript-eslint/unbound-method': 'off',
			'jest/unbound-method': 'error',
			'@typescript-eslint/no-non-null-assertion': 'off',
			'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*'] }],
		},
	},
);
