import path from 'node:path';

/** The root of the repository. */
export const ROOT = path.join(__dirname, '../../..');

/** The folder with the n8n that `npm run n8n` and the end-to-end tests use. */
export const PLAYGROUND = path.join(ROOT, 'dev/playground');

/** The name of the npm package under test, which is also the prefix of its node types. */
export const PACKAGE_NAME = 'n8n-nodes-genesys-cloud';

/** The node's type in workflows. */
export const NODE_TYPE = `${PACKAGE_NAME}.genesysCloud`;

/** The credential's type. */
export const CREDENTIAL_TYPE = 'genesysCloudApi';
