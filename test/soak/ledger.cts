/** Holds what a trigger emitted against what the service's log has. */

interface Entry {
	readonly label: string;
	isRequired: boolean;
	isEmitted: boolean;
}

/** How many of the highest numbers are kept in mind; those below are settled. */
const KEPT = 20_000;

/**
 * One trigger's accounts. What the service has is a number, such as that of an event; each has to come
 * out exactly once.
 */
export class Ledger {
	private readonly entries = new Map<number, Entry>();
	private highest = 0;
	/** How many came out so far. */
	emitted = 0;

	/**
	 * The service has something from now on.
	 *
	 * @param isRequired false where it may come out, but need not
	 */
	expect(id: number, label: string, isRequired = true): void {
		this.entries.set(id, { label, isRequired, isEmitted: false });
		this.highest = Math.max(this.highest, id);
	}

	/** It is gone, or something newer is there instead: it need not come out any more. */
	excuse(id: number): void {
		const entry = this.entries.get(id);
		if (entry !== undefined) entry.isRequired = false;
	}

	isEmitted(id: number): boolean {
		return this.entries.get(id)?.isEmitted === true;
	}

	/**
	 * It came out.
	 *
	 * @returns what is wrong with that, if anything
	 */
	emit(id: number): string | undefined {
		const entry = this.entries.get(id);
		if (entry === undefined) {
			return `number ${id} came out, which the service did not have, or only before the activation`;
		}
		this.emitted++;
		if (entry.isEmitted) return `${entry.label} came out twice`;
		entry.isEmitted = true;
		return undefined;
	}

	/** What should have come out and did not; it is accounted for by this. */
	lost(): string[] {
		const missing = [...this.entries.values()].filter(
			({ isRequired, isEmitted }) => isRequired && !isEmitted,
		);
		for (const entry of missing) entry.isRequired = false;
		return missing.map(({ label }) => `${label} never came out`);
	}

	/** Forgets what was settled long ago. It would count as something that the service did not have. */
	forgetOld(): void {
		for (const [id, { isRequired, isEmitted }] of this.entries) {
			if (id < this.highest - KEPT && (isEmitted || !isRequired)) this.entries.delete(id);
		}
	}
}
