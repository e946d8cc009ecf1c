import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunction,
	ICredentialTestRequest,
	INode,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';
import { createEmptyRunExecutionData, deepCopy, Workflow } from 'n8n-workflow';
import { CredentialTestContext, ExecuteContext, RoutingNode } from 'n8n-core';
import { createAdditionalData } from './additionalData.cts';
import { EngineCredentialsHelper } from './credentialsHelper.cts';
import { singleNodeType, type TypeRegistry } from './registry.cts';
import { inIsolate } from './versions.cts';

type RequestTest = { nodeType?: INodeType; testRequest: ICredentialTestRequest };

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}

/** A test on the credential type comes before one that a node declares, as in n8n. */
function findTest(
	types: TypeRegistry,
	credentialType: string,
): ICredentialTestFunction | RequestTest | undefined {
	const { test } = types.getCredentialType(credentialType);
	if (test) return { testRequest: test };
	for (const name of types.getSupportedNodes(credentialType)) {
		const node = types.getByName(name);
		// The newest version that has the function decides.
		const versions = 'nodeVersions' in node ? Object.values(node.nodeVersions).reverse() : [node];
		for (const { description } of versions) {
			const testedBy = description.credentials?.find(
				(credential) => credential.name === credentialType,
			)?.testedBy;
			if (typeof testedBy === 'string') {
				return versions.find(({ methods }) => methods?.credentialTest?.[testedBy])?.methods
					?.credentialTest?.[testedBy];
			}
			if (testedBy) {
				return { nodeType: types.getByNameAndVersion(name), testRequest: testedBy };
			}
		}
	}
	return undefined;
}

/** The button "Test" of a credential: what n8n would show for these fields. */
export async function testCredential(
	types: TypeRegistry,
	credentialType: string,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const test = findTest(types, credentialType);
	if (!test) return failed('No testing function found for this credential.');

	const credential: ICredentialsDecrypted = {
		id: 'test',
		name: 'Test',
		type: credentialType,
		data: deepCopy(data),
	};
	const helper = new EngineCredentialsHelper(types, { test: data });
	const additionalData = createAdditionalData(helper, { currentNodeParameters: {} });
	try {
		credential.data = await helper.applyDefaults(
			additionalData,
			deepCopy(data),
			credentialType,
			'internal',
		);
	} catch (error) {
		return failed(String(error instanceof Error ? error.message : error));
	}

	if (typeof test === 'function') {
		return await test.call(new CredentialTestContext(additionalData), credential);
	}
	return await runRequestTest(types, credential, test, helper);
}

async function runRequestTest(
	types: TypeRegistry,
	credential: ICredentialsDecrypted,
	{ nodeType, testRequest }: RequestTest,
	helper: EngineCredentialsHelper,
): Promise<INodeCredentialTestResult> {
	const { description } = nodeType ?? types.getByNameAndVersion('n8n-nodes-base.noOp');
	const tested: INodeType = {
		description: {
			...description,
			credentials: [{ name: credential.type, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: testRequest.request },
					default: '',
				},
			],
		},
	};
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: description.name,
		typeVersion: [description.version].flat().at(-1) ?? 1,
		position: [0, 0],
		parameters: {},
		credentials: { [credential.type]: { id: credential.id, name: credential.name } },
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: singleNodeType(tested),
	});
	const context = new ExecuteContext(
		workflow,
		node,
		createAdditionalData(helper, { currentNodeParameters: node.parameters }),
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);

	let response: INodeExecutionData[][] | undefined;
	try {
		response = await inIsolate(
			workflow,
			async () => await new RoutingNode(context, tested, credential).runNode(),
		);
	} catch (error) {
		return failed(explain(error, testRequest));
	}
	for (const rule of testRequest.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		const value = rule.properties.key
			.split('.')
			.reduce<unknown>(
				(place, key) => (place as Record<string, unknown> | undefined)?.[key],
				response?.[0]?.[0]?.json,
			);
		if (value === rule.properties.value) return failed(rule.properties.message);
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function explain(error: unknown, { rules }: ICredentialTestRequest): string {
	const { cause, message } = error as Error & {
		cause?: { response?: { status: number; statusText?: string }; code?: string };
	};
	if (cause?.response) {
		const { status, statusText } = cause.response;
		for (const rule of rules ?? []) {
			if (rule.type === 'responseCode' && rule.properties.value === status) {
				return rule.properties.message;
			}
		}
		return statusText || `Received HTTP status code: ${status}`;
	}
	return cause?.code ?? message;
}
