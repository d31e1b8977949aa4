import type { ApiRoute } from '../apiRoute';
import { tokensMeRoute } from './tokensMe';
import { webMessagingRoute } from './webMessaging';

/** All endpoints of the simulated API; an endpoint is one file and one line here. */
export const API_ROUTES: readonly ApiRoute[] = [tokensMeRoute, webMessagingRoute];
