/** Tells what is being done and for how long: one line rewritten on a terminal, else a line now and then. */
const WIDTH = 100;

export async function withProgress<T>(
	text: string,
	work: () => Promise<T>,
	detail: () => string = () => '',
): Promise<T> {
	const started = Date.now();
	const onTerminal = process.stdout.isTTY === true;
	const line = () => {
		const seconds = Math.round((Date.now() - started) / 1000);
		return `  ${text} … ${[`${seconds} s`, detail()].filter(Boolean).join(', ')}`;
	};
	const show = () => process.stdout.write(onTerminal ? `\r${line().padEnd(WIDTH)}` : `${line()}\n`);
	const timer = setInterval(show, onTerminal ? 500 : 15_000);
	try {
		const result = await work();
		process.stdout.write(`${onTerminal ? '\r' : ''}${line().padEnd(onTerminal ? WIDTH : 0)}\n`);
		return result;
	} finally {
		clearInterval(timer);
	}
}
