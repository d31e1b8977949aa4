import type { OAuthClient } from '../model/tokens';
import type { ApiRoute } from './apiRoute';
import { ApiError } from './errors';

function isGranted({ permissions = true }: OAuthClient, permission: string): boolean {
	return typeof permissions === 'boolean' ? permissions : permissions.includes(permission);
}

/**
 * Checks that a client may use an endpoint.
 *
 * @throws ApiError 403 that names what is missing: `missing.permissions` where one permission is
 *   needed, `missing.any.permissions` where one of several is enough
 */
export function checkPermission(route: ApiRoute, client: OAuthClient): void {
	const { permission, anyPermission = [] } = route;
	const refused = 'Unable to perform the requested action.';
	if (permission !== undefined && !isGranted(client, permission)) {
		const missing = `You are missing the following permission(s): [${permission}]`;
		throw new ApiError(403, 'missing.permissions', `${refused} ${missing}`);
	}
	if (anyPermission.length === 0) return;
	if (anyPermission.some((name) => isGranted(client, name))) return;
	const missing = 'You must have at least one of the following permissions assigned:';
	throw new ApiError(
		403,
		'missing.any.permissions',
		`${refused} ${missing} [${anyPermission.join(', ')}]`,
	);
}
