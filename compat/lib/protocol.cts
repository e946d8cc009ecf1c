/** What the tests may ask of the driver. All of it passes as JSON. */
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeListSearchResult,
	INodePropertyOptions,
	INodeTypeDescription,
	NodeApiError,
} from 'n8n-workflow';

import type {
	ListSearchOptions,
	LookupOptions,
	PollOptions,
	RunOptions,
	WorkflowJson,
} from '../../dev/engine/harness.cts';

export interface PlainError {
	readonly name: string;
	readonly message: string;
	readonly description: string;
	readonly failure?: NodeApiError['failure'];
	readonly itemIndex?: number | undefined;
}

/** How a run ended, and what one of its nodes gave. */
export interface Ended {
	readonly status: string;
	readonly error?: PlainError | undefined;
	readonly outputs: ReadonlyArray<ReadonlyArray<Pick<INodeExecutionData, 'json' | 'pairedItem'>>>;
}

export interface Polled {
	readonly items: IDataObject[] | null;
	readonly staticData: IDataObject;
	readonly error?: PlainError | undefined;
}

export interface Calls {
	describe(type: string): Promise<INodeTypeDescription>;
	/** @param node whose output is wanted */
	run(
		workflow: WorkflowJson,
		options: Omit<RunOptions, 'signal'> & { stopName?: string },
		node: string,
	): Promise<Ended>;
	/** Stops the run that was started under that name. */
	stop(stopName: string): Promise<void>;
	poll(type: string, options: PollOptions): Promise<Polled>;
	testCredential(
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<INodeCredentialTestResult>;
	listSearch(
		type: string,
		method: string,
		options: ListSearchOptions,
	): Promise<INodeListSearchResult>;
	loadOptions(
		type: string,
		method: string,
		options: LookupOptions,
	): Promise<INodePropertyOptions[]>;
	nodeVersion(): Promise<string>;
}

/** A question as it goes to the driver. */
export interface Ask {
	readonly id: number;
	readonly method: keyof Calls;
	readonly args: unknown[];
}

/** An answer as it comes back. */
export interface Answer {
	readonly id: number;
	readonly result?: unknown;
	readonly error?: string;
}
