/** How much memory a piece of work takes at its height. */
import { readFileSync, writeFileSync } from 'node:fs';

const MEGABYTE = 1e6;

/**
 * The most memory that the process has held at a time, in bytes. Linux's VmHWM is asked first: it can
 * be set back, and the figure of process.resourceUsage() begins with that of the parent process.
 */
function highest(): number {
	try {
		const status = readFileSync('/proc/self/status', 'utf8');
		const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(status)?.[1];
		if (kilobytes !== undefined) return Number(kilobytes) * 1024;
	} catch {
		// Another system.
	}
	return process.resourceUsage().maxRSS * 1024;
}

function setBack(): void {
	try {
		writeFileSync('/proc/self/clear_refs', '5');
	} catch {
		// Not allowed, or another system: what was needed before the work counts too then.
	}
}

/**
 * Does the work once, and gives by how many megabytes the process grew at its height. Resident memory
 * is what a machine runs out of, and its high-water mark misses nothing, however short, which samples
 * of the heap would: most contestants never let a timer run. The process has to be a fresh one,
 * started with --expose-gc; otherwise the work takes memory that is there already.
 */
export async function growthOf(work: () => Promise<unknown>): Promise<number> {
	global.gc?.();
	setBack();
	const before = process.memoryUsage().rss;
	await work();
	return Math.max(0, highest() - before) / MEGABYTE;
}
