import { isDeepStrictEqual } from 'node:util';

import type { PublicNames, PublicParameter, PublicParameters } from './publicNames';

/**
 * Compares the public names of a release with those of today. More of anything is allowed.
 *
 * @returns one sentence for each name that is gone, and for each default or type that differs
 */
export function brokenNames(then: PublicNames, now: PublicNames): string[] {
	return [
		...(then.node === now.node ? [] : [`The node "${then.node}" is gone.`]),
		...(then.credential.name === now.credential.name
			? []
			: [`The credential "${then.credential.name}" is gone.`]),
		...brokenParameters('credential', then.credential.parameters, now.credential.parameters),
		...Object.entries(then.parameters).flatMap(([choices, parameters]) => {
			const today = now.parameters[choices];
			return today ? brokenParameters(choices, parameters, today) : [`${choices}: is gone.`];
		}),
		...Object.entries(then.outputs).flatMap(([choices, outputs]) =>
			isDeepStrictEqual(now.outputs[choices], outputs)
				? []
				: [`${choices}: the outputs ${JSON.stringify(outputs)} are others now.`],
		),
	];
}

function brokenParameters(place: string, then: PublicParameters, now: PublicParameters): string[] {
	return Object.entries(then).flatMap(([name, parameter]) => {
		const today = now[name];
		const path = `${place}: ${name}`;
		return today ? brokenParameter(path, parameter, today) : [`${path} is gone.`];
	});
}

function brokenParameter(path: string, then: PublicParameter, now: PublicParameter): string[] {
	const gone = [
		...missing(then.values, now.values).map((value) => `the value ${JSON.stringify(value)}`),
		...missing(then.modes, now.modes).map((mode) => `the mode ${JSON.stringify(mode)}`),
	];
	return [
		...(then.type === now.type ? [] : [`${path} was of the type "${then.type}".`]),
		...(isDeepStrictEqual(then.default, now.default)
			? []
			: [`${path} had the default ${JSON.stringify(then.default)}.`]),
		...gone.map((what) => `${path}: ${what} is gone.`),
		...brokenParameters(path, then.fields ?? {}, now.fields ?? {}),
	];
}

function missing(then: readonly unknown[] = [], now: readonly unknown[] = []): unknown[] {
	return then.filter((entry) => !now.includes(entry));
}
