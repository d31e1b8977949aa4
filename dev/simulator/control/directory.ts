import type { FastifyInstance } from 'fastify';

import type { Directory } from '../model/directory/directory';
import type { SimulatorState } from '../model/state';
import { checked, ControlError } from './controlError';

interface OfKind {
	Params: { kind: string; id: string };
}

/** What the control API needs of a collection, whatever it collects. */
interface AnyCollection {
	add(record: unknown): object;
	all(): object[];
	remove(id: string): boolean;
}

function collectionOf(directory: Directory, kind: string): AnyCollection {
	if (Object.hasOwn(directory, kind)) {
		return directory[kind as Exclude<keyof Directory, 'reset'>] as AnyCollection;
	}
	const kinds = Object.keys(directory).join(', ');
	throw new ControlError(404, `The directory has no "${kind}". There are: ${kinds}.`);
}

/** Adds the routes to list, add and remove senders, templates and external contacts. */
export function addDirectoryRoutes(scope: FastifyInstance, { directory }: SimulatorState): void {
	scope.get('/simulator/directory', () => {
		const kinds = Object.keys(directory);
		return Object.fromEntries(kinds.map((kind) => [kind, collectionOf(directory, kind).all()]));
	});
	scope.get<OfKind>('/simulator/directory/:kind', async ({ params: { kind } }) =>
		collectionOf(directory, kind).all(),
	);
	scope.post<OfKind>('/simulator/directory/:kind', ({ params: { kind }, body }, reply) => {
		const collection = collectionOf(directory, kind);
		const added = checked(() => collection.add(body));
		return reply.code(201).send(added);
	});
	scope.delete<OfKind>('/simulator/directory/:kind/:id', ({ params: { kind, id } }, reply) => {
		if (collectionOf(directory, kind).remove(id)) return reply.code(204).send();
		throw new ControlError(404, `There is no "${id}" in ${kind}.`);
	});
}
