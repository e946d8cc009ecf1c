import type {
	INodeParameters,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
} from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';
import { ExternalSecretsProxy } from 'n8n-core';
import type { EngineCredentialsHelper } from './credentialsHelper.cts';

// Never called, but n8n builds URLs from it for `$execution.resumeUrl` in every expression.
const instance = 'http://n8n.invalid';

async function unavailable(): Promise<never> {
	throw new UnexpectedError('Not available in the test engine');
}

/** What n8n hands to every execution besides the workflow. */
export function createAdditionalData(
	credentialsHelper: EngineCredentialsHelper,
	details: {
		executionId?: string;
		workflowId?: string;
		workflowSettings?: IWorkflowSettings;
		currentNodeParameters?: INodeParameters;
	} = {},
): IWorkflowExecuteAdditionalData {
	return {
		...details,
		credentialsHelper,
		externalSecretsProxy: new ExternalSecretsProxy(),
		currentNodeExecutionIndex: 0,
		variables: {},
		instanceBaseUrl: `${instance}/`,
		restApiUrl: `${instance}/rest`,
		formBaseUrl: `${instance}/form`,
		formTestBaseUrl: `${instance}/form-test`,
		formWaitingBaseUrl: `${instance}/form-waiting`,
		webhookBaseUrl: `${instance}/webhook`,
		webhookTestBaseUrl: `${instance}/webhook-test`,
		webhookWaitingBaseUrl: `${instance}/webhook-waiting`,
		mcpBaseUrl: `${instance}/mcp`,
		mcpTestBaseUrl: `${instance}/mcp-test`,
		logAiEvent: () => {},
		executeWorkflow: unavailable,
		getRunExecutionData: unavailable,
		getRuntimeCredential: unavailable,
		startRunnerTask: unavailable,
	};
}
