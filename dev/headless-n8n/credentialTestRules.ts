import type {
	IAuthenticateRuleResponseCode,
	IAuthenticateRuleResponseSuccessBody,
	ICredentialTestRequest,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { valueAt } from './paths';

type Rule = IAuthenticateRuleResponseCode | IAuthenticateRuleResponseSuccessBody;
type Rules = ICredentialTestRequest['rules'];

interface Response {
	status: number;
	statusText?: string;
}

interface RequestCause {
	code?: string;
	response?: Response;
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}

function statusMessage({ status, statusText }: Response): string {
	if (statusText) {
		return statusText;
	}
	return `Received HTTP status code: ${status}`;
}

/** What n8n answers when the test request failed: a matching rule, the status or the error. */
export function judgeFailure(error: unknown, rules: Rules = []): INodeCredentialTestResult {
	const { message, cause } = error as Error & { cause?: RequestCause };
	const response = cause?.response;
	if (response === undefined) {
		return failed(cause?.code ?? message);
	}
	const rule = (rules as Rule[]).find(
		({ type, properties }) => type === 'responseCode' && properties.value === response.status,
	);
	return failed(rule?.properties.message ?? statusMessage(response));
}

/** What n8n answers when the test request came back with a 2xx: OK, unless a rule forbids it. */
export function judgeSuccess(body: IDataObject = {}, rules: Rules = []): INodeCredentialTestResult {
	for (const rule of rules as Rule[]) {
		if (
			rule.type === 'responseSuccessBody' &&
			valueAt(body, rule.properties.key) === rule.properties.value
		) {
			return failed(rule.properties.message);
		}
	}
	return { status: 'OK', message: 'Connection successful!' };
}
