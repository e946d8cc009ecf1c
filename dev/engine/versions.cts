/**
 * What the engine needs of n8n, in the form that each version has it: `npm run test:compat` runs the
 * engine on versions back to 1.122. With the version that is installed here, the newest form is used.
 */
import type {
	ICredentialType,
	IDataObject,
	INode,
	INodeExecutionData,
	IWorkflowExecuteAdditionalData,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import * as n8nWorkflow from 'n8n-workflow';
import { deepCopy, type Workflow } from 'n8n-workflow';
import * as n8nCore from 'n8n-core';
import { PollContext, type WorkflowExecute } from 'n8n-core';

/** Runs some work in the isolate that evaluates expressions; before 2.1 n8n had none. */
export async function inIsolate<Result>(
	{ expression }: Workflow,
	work: () => Promise<Result>,
): Promise<Result> {
	return 'withIsolate' in expression ? await expression.withIsolate(work) : await work();
}

/**
 * Lets regular expressions take their time, which newer n8n limits to 250 ms of the clock. A machine that
 * is busy with tests may stand still for longer, and a run would then fail before it reaches a node.
 */
export function liftRegexLimit(): void {
	if (!('setSafeRegexEngine' in n8nWorkflow)) return;
	n8nWorkflow.setSafeRegexEngine({
		exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
		test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
		replace: (pattern, input, flags, replacement) =>
			input.replace(new RegExp(pattern, flags), replacement),
		matchAll: (pattern, input, flags = '') =>
			Array.from(input.matchAll(new RegExp(pattern, flags.includes('g') ? flags : `${flags}g`))),
		split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
	});
}

type RunArguments = Parameters<WorkflowExecute['run']>[0];
type Running = ReturnType<WorkflowExecute['run']>;

/** Before 2.1 n8n takes what to run one by one. */
type RunOneByOne = (
	workflow: Workflow,
	startNode: RunArguments['startNode'],
	destinationNode: undefined,
	pinData: RunArguments['pinData'],
	triggerToStartFrom: RunArguments['triggerToStartFrom'],
) => Running;

/** Starts a workflow. */
export function start(execute: WorkflowExecute, given: RunArguments): Running {
	if (execute.run.length <= 1) return execute.run(given);
	const { workflow, startNode, pinData, triggerToStartFrom } = given;
	const run = execute.run.bind(execute) as unknown as RunOneByOne;
	return run(workflow, startNode, undefined, pinData, triggerToStartFrom);
}

/** Adds the fields about allowed domains that newer n8n shows on every credential. */
export function injectDomainFields(type: ICredentialType): void {
	if ('injectDomainRestrictionFields' in n8nWorkflow) {
		n8nWorkflow.injectDomainRestrictionFields(type);
	}
}

export interface PollSetup {
	readonly workflow: Workflow;
	readonly node: INode;
	readonly additionalData: IWorkflowExecuteAdditionalData;
	readonly mode: WorkflowExecuteMode;
	readonly activation: WorkflowActivateMode;
	/** The node's state, for the poll to change. */
	readonly state: IDataObject;
	/** Called with the changed state when the poll has succeeded. */
	readonly keep: (state: IDataObject) => void;
	/** Hears of errors that the node reports without failing the poll. */
	readonly tell: ((error: Error) => void) | undefined;
	readonly budgetMs: number | undefined;
}

/** One poll the way n8n's scheduler runs it: on a copy of the state, kept only if it succeeds. */
export async function runPoll(setup: PollSetup): Promise<INodeExecutionData[][] | null> {
	return 'runPollInStagingScope' in n8nCore
		? await runStagedPoll(setup)
		: await runPlainPoll(setup);
}

async function runStagedPoll(setup: PollSetup): Promise<INodeExecutionData[][] | null> {
	const { workflow, node, additionalData, mode, activation, state, keep, tell, budgetMs } = setup;
	const staged = deepCopy(state);
	const commit = () => keep(staged);
	const context = new PollContext(
		workflow,
		node,
		additionalData,
		mode,
		activation,
		commit,
		tell,
		async () => commit(),
		undefined,
		() => staged,
		budgetMs === undefined ? undefined : () => budgetMs,
	);
	const { commitStagedCursor, runPollInStagingScope, TriggersAndPollers } = n8nCore;
	return await runPollInStagingScope(
		context,
		async () =>
			await inIsolate(workflow, async () => {
				const output = await new TriggersAndPollers().runPollFunction(workflow, node, context);
				if (output === null) await commitStagedCursor(context);
				else context.__emit(output);
				return output;
			}),
	);
}

/** Before 2.36 the state lies in the workflow and is stored with it when the poll has succeeded. */
async function runPlainPoll(setup: PollSetup): Promise<INodeExecutionData[][] | null> {
	const { workflow, node, additionalData, mode, activation, state, keep, tell } = setup;
	const key = `node:${node.name}`;
	workflow.staticData = { [key]: deepCopy(state) };
	const args = [workflow, node, additionalData, mode, activation, undefined, tell] as const;
	const context = new PollContext(...args);
	const { poll } = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const output = await inIsolate(workflow, async () => (await poll?.call(context)) ?? null);
	keep(workflow.staticData[key] as IDataObject);
	return output;
}
