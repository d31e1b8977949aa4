import { isGranted } from '../model/tokens';
import type { OAuthClient } from '../model/tokens';
import type { ApiRoute } from './apiRoute';
import { ApiError } from './errors';

const REFUSED = 'Unable to perform the requested action.';

/** The 403 of a client that lacks permissions. */
export function missingPermissions(permissions: readonly string[]): ApiError {
	const missing = `You are missing the following permission(s): [${permissions.join(', ')}]`;
	return new ApiError(403, 'missing.permissions', `${REFUSED} ${missing}`);
}

/**
 * Checks that a client may use an endpoint.
 *
 * @throws ApiError 403 that names what is missing: `missing.permissions` where one permission is
 *   needed, `missing.any.permissions` where one of several is enough
 */
export function checkPermission(route: ApiRoute, client: OAuthClient): void {
	const { permission, anyPermission = [] } = route;
	if (permission !== undefined && !isGranted(client, permission)) {
		throw missingPermissions([permission]);
	}
	if (anyPermission.length === 0) return;
	if (anyPermission.some((name) => isGranted(client, name))) return;
	const missing = 'You must have at least one of the following permissions assigned:';
	throw new ApiError(
		403,
		'missing.any.permissions',
		`${REFUSED} ${missing} [${anyPermission.join(', ')}]`,
	);
}
