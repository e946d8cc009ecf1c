/**
 * Does the work, and gives in milliseconds what a thousand of its pieces take: by the clock, and of
 * this process's own computing time.
 *
 * @param pieces how many the work has
 */
export async function scaled(pieces: number, work: () => Promise<unknown>) {
	const [started, cpu] = [performance.now(), process.cpuUsage()];
	await work();
	const time = performance.now() - started;
	const { user, system } = process.cpuUsage(cpu);
	return { time: (time / pieces) * 1000, cpu: (user + system) / pieces };
}
