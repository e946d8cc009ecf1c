/**
 * `npm run editor`: n8n in the browser with the package in it, simulated services, credentials and
 * the example workflows, until Ctrl+C. Leaves nothing behind but n8n's own files in e2e/node_modules.
 * `npm run dev` does the same with --watch: what you save in the sources is built and reloaded.
 */
import { OWNER } from './lib/api.cts';
import { seedForExamples } from './lib/exampleData.cts';
import { importExamples } from './lib/examples.cts';
import { install, stopInstalling } from './lib/install.cts';
import { Mailbox, type Mail } from './lib/mailbox.cts';
import { requirePort } from './lib/ports.cts';
import { practiceLines } from './lib/practise.cts';
import { withProgress } from './lib/progress.cts';
import { Rebuilding } from './lib/rebuilding.cts';
import { inWords, Refusal } from './lib/refusal.cts';
import { setStage, type Stage } from './lib/stage.cts';

const PORT = 5678;

function portFrom(args: readonly string[]): number {
	const index = args.indexOf('--port');
	if (index === -1) return PORT;
	const port = Number(args[index + 1]);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new Refusal('--port takes a number from 1 to 65535.');
}

let stage: Promise<Stage> | undefined;
let rebuilding: Rebuilding | undefined;
let stopping = false;
const starting = new AbortController();

/** Stops whatever has been started so far, also in the middle of starting. */
async function stop(): Promise<void> {
	if (stopping) return;
	stopping = true;
	process.stdout.write('\n  Stopping …');
	await stopInstalling();
	starting.abort();
	await rebuilding?.stop();
	const [set] = await Promise.allSettled([stage]);
	if (set.status === 'fulfilled') await set.value?.close();
	process.stdout.write(' done.\n');
	process.exit();
}

const show = ({ to, subject, text }: Mail) =>
	console.log(['', `  Email to ${to}: ${subject}`, ...text.split('\n')].join('\n  | '));

/** The IDs of all saved credentials, with one for a mail server that only shows what it gets. */
async function credentialsWithMail({
	n8n,
	credentialIds,
}: Stage): Promise<Readonly<Record<string, string>>> {
	const mailbox = await Mailbox.start(show);
	const smtp = await n8n.api.saveCredential('smtp', 'SMTP account', mailbox.credentials);
	return { ...credentialIds, smtp };
}

function tell({ n8n: { url }, services }: Stage, workflows: number, watches: boolean): void {
	const lines = [
		'',
		`  n8n:       ${url}`,
		`  Email:     ${OWNER.email}`,
		`  Password:  ${OWNER.password}`,
		'',
		`  ${workflows} example workflows are there, with a saved credential for each service.`,
		'  Emails are not sent, but shown here.',
		'',
		'  Both services are simulated. To practise filling in a credential, use these values:',
		...services.all.flatMap(practiceLines),
		'',
		...(watches
			? ['  What you save in nodes, credentials and icons is built, and n8n reloads it.']
			: []),
		'  Ctrl+C stops everything and removes what was made.',
	];
	console.log(lines.join('\n'));
}

async function main(): Promise<void> {
	const args = process.argv.slice(2);
	const port = portFrom(args);
	const watches = args.includes('--watch');
	await requirePort(port);
	await install();
	if (stopping) return;
	let step = '';
	const { signal } = starting;
	stage = setStage({ port, signal, reloads: watches, say: (text) => (step = text) });
	const set = await withProgress(
		'Starting',
		async () => await stage,
		() => step,
	);
	if (stopping || set === undefined) return;
	seedForExamples(set.services);
	const { size } = await importExamples(set.n8n.api, await credentialsWithMail(set));
	if (watches) rebuilding = new Rebuilding(set.packageFolder, (text) => console.log(`\n  ${text}`));
	tell(set, size, watches);
	void set.n8n.ended().then(async () => {
		if (stopping) return;
		console.error(`\n  n8n has ended by itself:\n${set.n8n.log.slice(-2000)}`);
		process.exitCode = 1;
		await stop();
	});
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => void stop());
}
main().catch(async (error: unknown) => {
	if (stopping) return;
	console.log();
	console.error(inWords(error));
	process.exitCode = 1;
	await stop();
});
