/** Stand-ins for nodes that reach other services: they keep what they were asked to send. */
import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

/** The parameters of one run for one item, with all expressions resolved. */
export type Sent = IDataObject;

export interface OutsideNode {
	/** The name of the node type, such as emailSend. */
	readonly name: string;
	/** The parameters to keep. */
	readonly parameters: readonly string[];
	/** Called for each item before the node ends. Gives the item that comes out; else it is the input's. */
	readonly onSent?: (sent: Sent, json: IDataObject) => IDataObject | undefined;
}

/** A stand-in that keeps what it was run with in a list. */
export function outsideNode({ name, parameters, onSent }: OutsideNode, kept: Sent[]): INodeType {
	return {
		description: {
			displayName: name,
			name: `n8n-nodes-base.${name}`,
			group: ['output'],
			version: [1.1, 2.1, 2.7, 4.5, 4.7],
			description: name,
			defaults: { name },
			inputs: ['main'],
			outputs: ['main'],
			properties: parameters.map((parameter) => ({
				displayName: parameter,
				name: parameter,
				type: 'json' as const,
				default: '',
			})),
		},
		async execute(this: IExecuteFunctions) {
			const output = this.getInputData().map(({ json }, item) => {
				const values = parameters.map((parameter) => [
					parameter,
					this.getNodeParameter(parameter, item, undefined),
				]);
				const sent = Object.fromEntries(values) as Sent;
				kept.push(sent);
				return { json: onSent?.(sent, json) ?? json, pairedItem: { item } };
			});
			return await Promise.resolve([output]);
		},
	};
}
