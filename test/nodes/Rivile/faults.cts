import { Fault } from '../../../nodes/shared/fault';

/** The fault in the node's fields that an action ends with. */
export function inputFaultOf(action: () => unknown): Fault {
	try {
		action();
	} catch (error) {
		if (error instanceof Fault && error.kind === 'input') return error;
		throw error;
	}
	throw new Error('No fault');
}
