import type { IDataObject } from 'n8n-workflow';

import { parameterSource } from '../../../nodes/GenesysCloud/n8n/parameterSource';

const N8N = 'by n8n';

/** A reader over raw parameters; whatever it leaves to n8n gives `by n8n`. */
function readerOf(raw: unknown, items: IDataObject[] = [{}]) {
	const getNodeParameter = jest.fn(
		(_name: string, _index: number, _fallback?: unknown, options?: { rawExpressions?: boolean }) =>
			options?.rawExpressions ? raw : N8N,
	);
	const reader = parameterSource(
		{ getNodeParameter },
		items.map((json) => ({ json })),
	);
	return { reader, getNodeParameter };
}

describe('parameterSource', () => {
	it.each(['Hello', '', '{{ $json.a }}', ' =x'])('reads the constant %j once a run', (raw) => {
		const { reader, getNodeParameter } = readerOf(raw, [{}, {}]);
		expect(reader.getNodeParameter('message', 0)).toBe(raw);
		expect(reader.getNodeParameter('message', 1)).toBe(raw);
		expect(getNodeParameter).toHaveBeenCalledTimes(1);
	});

	it.each(['={{ $json.name }}', '={{$json.name}}', '={{  $json.name  }}'])(
		'takes the plain field %j from the item',
		(raw) => {
			const { reader } = readerOf(raw, [{ name: 'Ada' }, { name: '' }]);
			expect(reader.getNodeParameter('message', 0)).toBe('Ada');
			expect(reader.getNodeParameter('message', 1)).toBe('');
		},
	);

	it.each([
		['a field that the item lacks', {}],
		['a number', { name: 5 }],
		['nothing', { name: null }],
		['an object', { name: { first: 'Ada' } }],
		['a field of every object', Object.create({ name: 'inherited' }) as IDataObject],
	])('leaves %s to n8n', (_what, item) => {
		expect(readerOf('={{ $json.name }}', [item]).reader.getNodeParameter('message', 0)).toBe(N8N);
	});

	it.each([
		'=Hello {{ $json.name }}',
		'={{ $json.name }} ',
		'={{ $json.name.trim() }}',
		'={{ $json["name"] }}',
		"={{ $('Customers').item.json.name }}",
		'={{ $json.name }}{{ $json.name }}',
		'={{ $json.name + 1 }}',
	])('leaves the expression %j to n8n', (raw) => {
		const { reader } = readerOf(raw, [{ name: 'Ada' }]);
		expect(reader.getNodeParameter('message', 0)).toBe(N8N);
	});

	it.each([{ mode: 'id', value: '={{ $json.name }}' }, true, 3, undefined])(
		'leaves %j to n8n',
		(raw) => {
			expect(readerOf(raw).reader.getNodeParameter('fromAddress', 0)).toBe(N8N);
		},
	);

	it('takes the value of a resource locator, and of an address without one, from the item', () => {
		const options = { extractValue: true };
		const locator = (value: unknown) => ({ __rl: true, mode: 'id', value });
		const read = (raw: unknown) => {
			const { reader, getNodeParameter } = readerOf(raw, [{ name: 'Ada' }, { name: 'Ben' }]);
			const values = [0, 1].map((index) =>
				reader.getNodeParameter('fromAddress', index, undefined, options),
			);
			return [...values, getNodeParameter.mock.calls.length];
		};
		expect(read(locator('+12025550100'))).toEqual(['+12025550100', '+12025550100', 1]);
		expect(read(locator('={{ $json.name }}'))).toEqual(['Ada', 'Ben', 1]);
		expect(read('={{ $json.name }}')).toEqual(['Ada', 'Ben', 1]);
		expect(read(locator(7))).toEqual([N8N, N8N, 3]);
		expect(read(locator('={{ $json.name.trim() }}'))).toEqual([N8N, N8N, 3]);
	});

	it('keeps the value of a resource locator apart from the whole of it', () => {
		const { reader } = readerOf({ __rl: true, mode: 'id', value: 'one' });
		const extracted = reader.getNodeParameter('toAddress', 0, undefined, { extractValue: true });
		expect([extracted, reader.getNodeParameter('toAddress', 0)]).toEqual(['one', N8N]);
	});

	it('leaves a parameter with a fallback, or whose expression is asked for, to n8n', () => {
		const { reader, getNodeParameter } = readerOf('=constant');
		expect(reader.getNodeParameter('delivery.sendOnceKey', 3, '')).toBe(N8N);
		expect(getNodeParameter).toHaveBeenLastCalledWith('delivery.sendOnceKey', 3, '', undefined);
		const options = { rawExpressions: true };
		expect(reader.getNodeParameter('message', 3, undefined, options)).toBe('=constant');
		expect(getNodeParameter).toHaveBeenLastCalledWith('message', 3, undefined, options);
	});

	it('leaves an item that does not exist to n8n', () => {
		expect(readerOf('={{ $json.name }}', []).reader.getNodeParameter('message', 4)).toBe(N8N);
	});

	it.each([
		['a fallback', '', undefined],
		['its expression asked for', undefined, { rawExpressions: true }],
	])('leaves a plain field to n8n with %s', (_what, fallback, options) => {
		const raw = '={{ $json.name }}';
		const { reader } = readerOf(raw, [{ name: 'Ada' }]);
		const expected = options ? raw : N8N;
		expect(reader.getNodeParameter('message', 0, fallback, options)).toBe(expected);
	});

	it('asks n8n each time for a constant with a fallback', () => {
		expect(readerOf('Hello').reader.getNodeParameter('message', 0, '')).toBe(N8N);
	});

	it('takes no field of the item for an expression that names none', () => {
		const { reader } = readerOf('={{ $json.name.trim() }}', [{ undefined: 'no name' }]);
		expect(reader.getNodeParameter('message', 0)).toBe(N8N);
	});

	it.each([null, { mode: 'id', value: 'one' }])('leaves the locator %j to n8n', (raw) => {
		const { reader } = readerOf(raw);
		const read = reader.getNodeParameter('toAddress', 0, undefined, { extractValue: true });
		expect(read).toBe(N8N);
	});
});
