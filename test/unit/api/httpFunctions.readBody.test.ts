import { Readable } from 'node:stream';

import { readBody } from '../../../nodes/GenesysCloud/api/httpFunctions';

const stream = (...chunks: string[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));

/** A stream that breaks off after its chunks. */
function broken(...chunks: string[]): Readable {
	async function* parts() {
		for (const chunk of chunks) yield Buffer.from(chunk);
		throw new Error('aborted');
	}
	return Readable.from(parts());
}

describe('readBody', () => {
	it('joins the chunks of a stream, characters over a border included', async () => {
		const euro = Buffer.from('€');
		const body = Readable.from([euro.subarray(0, 1), euro.subarray(1), Buffer.from('!')]);
		expect(await readBody(body, 100, 200)).toBe('€!');
	});

	it('reads an empty stream', async () => {
		expect(await readBody(stream(), 100, 204)).toBe('');
	});

	it.each([
		[9, '123456789'],
		[10, '123456789a'],
		[11, '123456789ab'],
		[100, '123456789abcdef'],
	])('cuts at %i bytes', async (limit, expected) => {
		expect(await readBody(stream('12345', '6789a', 'bcdef'), limit, 200)).toBe(expected);
	});

	it('reads no further than the limit and closes the stream', async () => {
		let given = 0;
		function* endless() {
			for (;;) {
				given++;
				yield Buffer.alloc(1_000, 'x');
			}
		}
		const body = Readable.from(endless(), { highWaterMark: 1 });
		expect(await readBody(body, 10_000, 200)).toHaveLength(10_000);
		expect(given).toBeLessThan(15);
		expect(body.destroyed).toBe(true);
	});

	it('is content with what it has when a body breaks off at the limit', async () => {
		expect(await readBody(broken('12345', '67890'), 10, 200)).toBe('1234567890');
	});

	it.each([200, 201, 299])('rejects when the body of a %i breaks off', async (status) => {
		await expect(readBody(broken('{"id":'), 100, status)).rejects.toThrow('aborted');
	});

	it.each([199, 302, 400, 429, 503])(
		'is content with the status when the body of a %i breaks off',
		async (status) => {
			expect(await readBody(broken('{"mess'), 100, status)).toBe('');
		},
	);

	it.each([
		['text', 'text'],
		['', ''],
		[{ id: 'm-1' }, '{"id":"m-1"}'],
		[['a'], '["a"]'],
		[undefined, '""'],
		[null, '""'],
		[7, '7'],
	])('takes what was read already: %j', async (body, expected) => {
		expect(await readBody(body, 100, 200)).toBe(expected);
	});
});
