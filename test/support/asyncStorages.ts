import { AsyncLocalStorage } from 'node:async_hooks';

// A test file loads its modules anew, n8n's and Fastify's too. Each copy leaves storages behind that every later
// promise of this worker has to serve on Node 20 and 22: after some files, tests would take ten times as long.
const used = new Set<AsyncLocalStorage<unknown>>();

for (const method of ['run', 'enterWith'] as const) {
	const original = Reflect.get(AsyncLocalStorage.prototype, method) as (
		...args: unknown[]
	) => unknown;
	const noted = function (this: AsyncLocalStorage<unknown>, ...args: unknown[]): unknown {
		used.add(this);
		return Reflect.apply(original, this, args);
	};
	Reflect.set(AsyncLocalStorage.prototype, method, noted);
	afterAll(() => Reflect.set(AsyncLocalStorage.prototype, method, original));
}

afterAll(() => {
	for (const storage of used) storage.disable();
});
