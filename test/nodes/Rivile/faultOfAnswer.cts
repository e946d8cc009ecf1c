import { readRows } from '../../../nodes/Rivile/protocol/answer';
import { Fault } from '../../../nodes/shared/errors';

/** The fault that reading an answer ends with. */
export function faultOfAnswer(body: string, status = 200, more: object = {}): Fault {
	try {
		readRows({ status, body, ...more });
	} catch (error) {
		if (error instanceof Fault) return error;
		throw error;
	}
	throw new Error(`No fault: ${body.slice(0, 200)}`);
}
