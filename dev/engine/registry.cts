import type {
	ICredentialType,
	IDataObject,
	INode,
	INodeType,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { type PackageDirectoryLoader, UnrecognizedNodeTypeError } from 'n8n-core';
import { injectDomainFields } from './versions.cts';

/** The node and credential types of one loaded package, next to the built-in stand-ins. */
export class TypeRegistry implements INodeTypes {
	readonly packageName: string;

	constructor(
		private readonly loader: PackageDirectoryLoader,
		private readonly builtins: Readonly<Record<string, INodeType | IVersionedNodeType>>,
	) {
		this.packageName = loader.packageName;
		// n8n shows these fields on every credential that authenticates requests, and fills their
		// defaults in, so nodes see them in the decrypted data.
		for (const { type } of Object.values(loader.credentialTypes)) {
			injectDomainFields(type);
		}
	}

	/** The name that workflows store: `package.node`. A full name is returned as it is. */
	fullName(nodeType: string): string {
		return nodeType.includes('.') ? nodeType : `${this.packageName}.${nodeType}`;
	}

	getByName(nodeType: string): INodeType | IVersionedNodeType {
		const builtin = this.builtins[nodeType];
		if (builtin) return builtin;
		const [packageName = '', name = ''] = this.fullName(nodeType).split('.');
		if (packageName !== this.packageName) {
			throw new UnrecognizedNodeTypeError(packageName, name);
		}
		return this.loader.getNode(name).type;
	}

	getByNameAndVersion(nodeType: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(nodeType), version);
	}

	getKnownTypes(): IDataObject {
		return Object.fromEntries(
			Object.entries(this.loader.known.nodes).map(([name, details]) => [
				this.fullName(name),
				{ ...details },
			]),
		);
	}

	/** The package's nodes: full name to the versions there are, oldest first. */
	nodeVersions(): Record<string, number[]> {
		return Object.fromEntries(
			Object.entries(this.loader.nodeTypes).map(([name, { type }]) => {
				const versions =
					'nodeVersions' in type
						? Object.keys(type.nodeVersions).map(Number)
						: [type.description.version].flat();
				return [this.fullName(name), versions.sort((a, b) => a - b)];
			}),
		);
	}

	/** The version that the editor gives to a newly added node. */
	defaultVersion(nodeType: string): number {
		const type = this.getByName(nodeType);
		if ('nodeVersions' in type) return type.currentVersion;
		const { defaultVersion, version } = type.description;
		return defaultVersion ?? [version].flat().at(-1) ?? 1;
	}

	credentialTypes(): ICredentialType[] {
		return Object.values(this.loader.credentialTypes).map(({ type }) => type);
	}

	recognizesCredential(name: string): boolean {
		return name in this.loader.known.credentials;
	}

	getCredentialType(name: string): ICredentialType {
		return this.loader.getCredential(name).type;
	}

	/** Every type that a credential type extends, near and far. */
	getParentTypes(name: string): string[] {
		const parents = this.loader.known.credentials[name]?.extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	/** Full names of the nodes that take a credential type. */
	getSupportedNodes(credentialType: string): string[] {
		const nodes = this.loader.known.credentials[credentialType]?.supportedNodes ?? [];
		return nodes.map((node) => this.fullName(node));
	}
}

/** For a workflow of one node whose type no package has. */
export function singleNodeType(type: INodeType): INodeTypes {
	return {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
}

/** A node that exists only because n8n resolves no expression without one. */
export const mockNode: Readonly<INode> = {
	id: 'mock',
	name: '',
	type: 'mock',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

export const mockNodeTypes = singleNodeType({
	description: {
		displayName: 'mock',
		name: 'mock',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: [],
		properties: [],
	},
});
