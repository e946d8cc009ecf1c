/**
 * n8n without its server: the package's built nodes, loaded as n8n loads a community package, run on
 * the real n8n-core in this process.
 *
 *     const engine = await createEngine({ packageDir });
 *     const result = await engine.run(workflow, { credentials: { 'My account': { apiKey: '…' } } });
 *     result.json('Rivilė'); // the items that the node gave
 *     await engine.close();
 */
import { userFolder } from './environment.cts';
import { rm } from 'node:fs/promises';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeListSearchResult,
	INodePropertyOptions,
	INodeType,
	IVersionedNodeType,
} from 'n8n-workflow';
import { Expression } from 'n8n-workflow';
import { PackageDirectoryLoader } from 'n8n-core';
import { builtinNodes } from './builtinNodes.cts';
import { testCredential } from './credentialTest.cts';
import { logicNodes } from './logicNodes.cts';
import {
	listSearch,
	loadOptions,
	poll,
	type ListSearchOptions,
	type LookupOptions,
	type PollOptions,
} from './nodeMethods.cts';
import { TypeRegistry } from './registry.cts';
import { runWorkflow, type RunOptions, type RunResult, type WorkflowJson } from './run.cts';
import { liftRegexLimit } from './versions.cts';

export type { CredentialStore } from './credentialsHelper.cts';
export type { ListSearchOptions, LookupOptions, NodeOptions, PollOptions } from './nodeMethods.cts';
export type { NodeJson, PinnedData, RunOptions, RunResult, WorkflowJson } from './run.cts';

export interface EngineOptions {
	/** A directory with package.json and dist/, as n8n finds it in its folder of community nodes. */
	packageDir: string;
	/** Stand-ins for more built-in nodes than `builtin-nodes.cts` has, by their full type name. */
	nodeTypes?: Readonly<Record<string, INodeType | IVersionedNodeType>>;
	/**
	 * What evaluates expressions. `vm`, an isolate of its own, is n8n's default; it needs a native
	 * `import()`, which jest does not have, and holds for every engine of the process. `legacy`
	 * evaluates in this process.
	 */
	expressions?: 'legacy' | 'vm';
}

let open = 0;

/** One package loaded into n8n. Node types may be given by short or full name throughout. */
export class Engine {
	private closed = false;

	constructor(private readonly types: TypeRegistry) {
		open += 1;
	}

	get packageName(): string {
		return this.types.packageName;
	}

	/** The package's nodes: full name to its versions, oldest first. */
	get nodeVersions(): Record<string, number[]> {
		return this.types.nodeVersions();
	}

	get credentialTypes(): ICredentialType[] {
		return this.types.credentialTypes();
	}

	/** A node type as n8n sees it, by default in the version that the editor gives to new nodes. */
	nodeType(name: string, version = this.types.defaultVersion(name)): INodeType {
		return this.types.getByNameAndVersion(name, version);
	}

	/** Runs a workflow as exported from the editor. A failing workflow is a result, not an error. */
	async run(workflow: WorkflowJson, options: RunOptions = {}): Promise<RunResult> {
		return await runWorkflow(this.types, workflow, options);
	}

	/** What a press on a credential's "Test" shows. */
	async test(
		credentialType: string,
		data: ICredentialDataDecryptedObject,
	): Promise<INodeCredentialTestResult> {
		return await testCredential(this.types, credentialType, data);
	}

	/** The choices of a resource locator's list mode. */
	async listSearch(
		nodeType: string,
		method: string,
		options: ListSearchOptions = {},
	): Promise<INodeListSearchResult> {
		return await listSearch(this.types, nodeType, method, options);
	}

	/** The choices of a drop-down that the node loads. */
	async loadOptions(
		nodeType: string,
		method: string,
		options: LookupOptions = {},
	): Promise<INodePropertyOptions[]> {
		return await loadOptions(this.types, nodeType, method, options);
	}

	/** One poll of a trigger: its outputs, or null if there was nothing. Errors are thrown. */
	async poll(nodeType: string, options: PollOptions = {}): Promise<INodeExecutionData[][] | null> {
		return await poll(this.types, nodeType, options);
	}

	/** Gives back what n8n holds. With no engine left nothing of it keeps the process running. */
	async close(): Promise<void> {
		if (this.closed) return;
		this.closed = true;
		open -= 1;
		if (open > 0) return;
		await Expression.disposeExpressionEngine();
		Expression.setExpressionEngine('legacy');
		await rm(userFolder, { recursive: true, force: true });
	}
}

export async function createEngine(options: EngineOptions): Promise<Engine> {
	if (options.expressions === 'vm') {
		await Expression.initExpressionEngine({
			engine: 'vm',
			poolSize: 1,
			maxCodeCacheSize: 1024,
			bridgeTimeout: 5000,
			bridgeMemoryLimit: 128,
			lazyAcquire: true,
		});
	}
	liftRegexLimit();
	const loader = new PackageDirectoryLoader(options.packageDir);
	await loader.loadAll();
	return new Engine(
		new TypeRegistry(loader, { ...builtinNodes, ...logicNodes, ...options.nodeTypes }),
	);
}
