import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { registerOf } from '../protocol/catalogue';
import { columnOptions } from '../resources/fields/columns';

/** The columns of the register that is selected, for lists of columns. */
export async function getRegisterColumns(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const register = registerOf(this.getCurrentNodeParameter('register'));
	return register === undefined ? [] : columnOptions(register);
}
