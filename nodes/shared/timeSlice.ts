import { sleep } from 'n8n-workflow';

/** How long work may go on before other work of the process gets its turn, in milliseconds. */
const STRETCH = 25;

/**
 * Long work cut into timeSlice of the same time on every machine, so that n8n can do other things
 * between them.
 */
export class TimeSlice {
	private begun = Date.now();

	/** To be called between small pieces of the work; waits only when the stretch has been long. */
	async yieldIfDue(): Promise<void> {
		if (Date.now() - this.begun < STRETCH) return;
		await sleep(0);
		this.begun = Date.now();
	}
}
