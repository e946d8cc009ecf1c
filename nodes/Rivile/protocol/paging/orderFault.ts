import { Fault } from '../../../shared/fault';

/** A fault in what pages hold and how they follow each other. */
export function faultOfOrder(message: string, description: string): Fault {
	return new Fault('answer', message, description);
}
