import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import {
	deepCopy,
	ICredentialsHelper,
	isExpression,
	NodeHelpers,
	UnexpectedError,
	UserError,
	Workflow,
} from 'n8n-workflow';
import { getAdditionalKeys } from 'n8n-core';
import { mockNode, mockNodeTypes, type TypeRegistry } from './registry.cts';
import { inIsolate } from './versions.cts';

/** Decrypted credential data by the id or the name that a node's `credentials` entry holds. */
export type CredentialStore = Readonly<Record<string, ICredentialDataDecryptedObject>>;

/**
 * n8n's CredentialsHelper without its database: the same defaults, the same order of resolving, the
 * same authentication. OAuth, external secrets and per-user credentials are left out.
 */
export class EngineCredentialsHelper extends ICredentialsHelper {
	private readonly store: Record<string, ICredentialDataDecryptedObject>;

	constructor(
		private readonly types: TypeRegistry,
		store: CredentialStore,
	) {
		super();
		this.store = deepCopy({ ...store });
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = requestOptions as IHttpRequestOptions;
		const credentialType = this.types.getCredentialType(typeName);
		if (typeof credentialType.authenticate === 'function') {
			return await credentialType.authenticate(credentials, options);
		}
		if (credentialType.authenticate === undefined) return options;
		if (!workflow || !node) {
			throw new UnexpectedError(
				'Workflow and node are required for declarative credential authentication',
			);
		}
		options.headers ??= {};
		if (credentialType.authenticate.type !== 'generic') return options;
		const resolve = (value: string) =>
			isExpression(value)
				? (workflow.expression
						.getSimpleParameterValue(
							node,
							value,
							'internal',
							{ $credentials: credentials },
							undefined,
							'',
						)
						?.toString() ?? '')
				: value;
		const target = options as unknown as Record<string, Record<string, string>>;
		for (const [part, entries] of Object.entries(credentialType.authenticate.properties)) {
			const place = (target[part] ||= {});
			for (const [key, value] of Object.entries(entries as Record<string, string>)) {
				place[resolve(key)] = resolve(value);
			}
		}
		return options;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const expirable = this.types
			.getCredentialType(typeName)
			.properties.find(({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable);
		if (!expirable) return undefined;
		const isTest = node.parameters.temp === '' && node.type === 'n8n-nodes-base.noOp';
		if (credentials[expirable.name] !== '' && !credentialsExpired && !isTest) return undefined;

		const output = await this.runPreAuthentication(helpers, credentials, typeName);
		const details = node.credentials?.[typeName];
		if (output?.[expirable.name] === undefined || !details) return undefined;
		const stored = this.find(details, typeName);
		await this.updateCredentials(details, typeName, { ...stored, ...output });
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.types.getCredentialType(typeName);
		const output = await preAuthentication?.call(helpers, credentials);
		return output as ICredentialDataDecryptedObject | undefined;
	}

	getParentTypes(name: string): string[] {
		return this.types.getParentTypes(name);
	}

	isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
		// An unknown type is found out later, with an error that says so.
		if (!this.types.recognizesCredential(credentialType)) return true;
		const { restrictToSupportedNodes } = this.types.getCredentialType(credentialType);
		return (
			!restrictToSupportedNodes || this.types.getSupportedNodes(credentialType).includes(nodeType)
		);
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const credentialType = this.types.getCredentialType(type);
		if (!credentialType.extends) return credentialType.properties;
		const combined: INodeProperties[] = [];
		for (const parent of credentialType.extends) {
			NodeHelpers.mergeNodeProperties(combined, this.getCredentialsProperties(parent));
		}
		NodeHelpers.mergeNodeProperties(combined, credentialType.properties);
		return combined;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		nodeCredentials: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const data = deepCopy(this.find(nodeCredentials, type));
		if (raw === true) return data;
		return await this.applyDefaults(additionalData, data, type, mode, executeData, resolveValues);
	}

	/** Fills in the type's defaults and resolves expressions, in the order that n8n keeps. */
	async applyDefaults(
		additionalData: IWorkflowExecuteAdditionalData,
		data: ICredentialDataDecryptedObject,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const filled = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			data as INodeParameters,
			true,
			false,
			null,
			null,
		) as INodeParameters;
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });

		if (resolveValues) {
			const { workflow, runExecutionData, runIndex, itemIndex, node } = resolveValues;
			try {
				return workflow.expression.getParameterValue(
					filled,
					runExecutionData,
					runIndex,
					itemIndex,
					node.name,
					resolveValues.connectionInputData,
					mode,
					keys,
					executeData,
					false,
					filled,
				) as ICredentialDataDecryptedObject;
			} catch (error) {
				if (error instanceof Error) error.message += ' [Error resolving credentials]';
				throw error;
			}
		}

		const workflow = new Workflow({
			nodes: [mockNode],
			connections: {},
			active: false,
			nodeTypes: mockNodeTypes,
		});
		return await inIsolate(
			workflow,
			async () =>
				workflow.expression.getComplexParameterValue(
					mockNode,
					filled,
					mode,
					keys,
					undefined,
					undefined,
					filled,
				) as ICredentialDataDecryptedObject,
		);
	}

	async updateCredentials(
		nodeCredentials: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.store[nodeCredentials.id ?? nodeCredentials.name] = data;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new UnexpectedError('Encrypted credentials do not exist in the test engine');
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new UnexpectedError('OAuth credentials do not exist in the test engine');
	}

	private find(
		{ id, name }: INodeCredentialsDetails,
		type: string,
	): ICredentialDataDecryptedObject {
		const data = (id ? this.store[id] : undefined) ?? this.store[name];
		if (data) return data;
		if (!id) {
			throw new UnexpectedError('Found credential with no ID.', {
				extra: { credentialName: name },
				tags: { credentialType: type },
			});
		}
		throw new UserError(`Credential with ID "${id}" does not exist for type "${type}".`);
	}
}
