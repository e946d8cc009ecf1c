/** How the stand-ins for n8n's own nodes are described. */
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

/** The description of a node with one input and one output, unless the rest says otherwise. */
export function describe(
	name: string,
	version: number | number[],
	properties: INodeProperties[] = [],
	rest: Partial<INodeTypeDescription> = {},
): INodeTypeDescription {
	return {
		displayName: name,
		name: `n8n-nodes-base.${name}`,
		group: ['transform'],
		version,
		description: '',
		defaults: { name },
		inputs: ['main'],
		outputs: ['main'],
		properties,
		...rest,
	};
}

/** A field, with the value that it has at first. */
export function property(
	name: string,
	type: INodeProperties['type'],
	value: INodeProperties['default'] = '',
): INodeProperties {
	return { displayName: name, name, type, default: value };
}
