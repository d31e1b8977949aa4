import { AsyncLocalStorage } from 'node:async_hooks';

// A test file loads n8n's modules anew. Each copy leaves storages behind that every later promise of this
// worker has to serve on Node 20 and 22; after some files, tests take ten times as long.
const { run, enterWith } = AsyncLocalStorage.prototype;
const used = new Set<AsyncLocalStorage<unknown>>();

AsyncLocalStorage.prototype.run = function (this: AsyncLocalStorage<unknown>, ...args: unknown[]) {
	used.add(this);
	return Reflect.apply(run, this, args);
} as typeof run;

AsyncLocalStorage.prototype.enterWith = function (this: AsyncLocalStorage<unknown>, store) {
	used.add(this);
	enterWith.call(this, store);
} as typeof enterWith;

afterAll(() => {
	Object.assign(AsyncLocalStorage.prototype, { run, enterWith });
	for (const storage of used) storage.disable();
});
