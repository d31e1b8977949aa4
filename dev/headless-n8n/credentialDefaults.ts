import type {
	ICredentialDataDecryptedObject,
	INodeParameters,
	INodeProperties,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

/** Fields that n8n adds to the credential's form, so that they are not among its properties. */
const FIELDS_OF_N8N = ['oauthTokenData', 'allowedHttpRequestDomains', 'allowedDomains'];

/**
 * Adds the defaults of the fields that were not saved, and drops what the type does not declare
 * or does not show, as n8n does each time a node asks for a credential.
 */
export function withDefaults(
	saved: ICredentialDataDecryptedObject,
	properties: INodeProperties[],
): ICredentialDataDecryptedObject {
	const values = saved as INodeParameters;
	const parameters = NodeHelpers.getNodeParameters(properties, values, true, false, null, null);
	const ofN8n = FIELDS_OF_N8N.filter((name) => saved[name] !== undefined);
	const fields = Object.fromEntries(ofN8n.map((name) => [name, saved[name]]));
	return { ...fields, ...parameters } as ICredentialDataDecryptedObject;
}
