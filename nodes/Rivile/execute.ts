import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { Fault } from '../shared/errors';
import { forEachItem } from '../shared/items';
import { connect } from './connection';
import { operationOf } from './resources';

/** Runs the operation that the node is set to, once for each input item. */
export async function executeItems(functions: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const connection = await connect(functions);
	return await forEachItem(functions, async (itemIndex) => {
		const resource = String(functions.getNodeParameter('resource', itemIndex));
		const name = String(functions.getNodeParameter('operation', itemIndex));
		const operation = operationOf(resource, name);
		if (operation !== undefined) {
			return await operation.execute({ functions, itemIndex, connection });
		}
		throw new Fault(
			'input',
			`The operation ${name} of the resource ${resource} does not exist`,
			'Choose the resource and the operation anew.',
		);
	});
}
