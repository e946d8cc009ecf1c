import { I04 } from '../../../../../nodes/Rivile/protocol/catalogue';
import { readRows } from '../../../../../nodes/Rivile/protocol/answer/answer';
import { Fault } from '../../../../../nodes/shared/fault';

/** The fault that reading an answer ends with. */
export async function faultOfAnswer(body: string, status = 200, more: object = {}): Promise<Fault> {
	const [outcome] = await Promise.allSettled([readRows(I04, { status, body, ...more })]);
	if (outcome.status === 'fulfilled') throw new Error(`No fault: ${body.slice(0, 200)}`);
	if (outcome.reason instanceof Fault) return outcome.reason;
	throw outcome.reason;
}
