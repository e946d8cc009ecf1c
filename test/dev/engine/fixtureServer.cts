/** The service that the fixture package's nodes talk to. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FixtureServer {
	baseUrl: string;
	/** The paths asked for; tests may empty it. */
	requests: string[];
	/** How many requests were given up before they were answered. */
	aborted(): number;
	close(): void;
}

async function text(request: IncomingMessage): Promise<string> {
	let all = '';
	for await (const chunk of request) all += String(chunk);
	return all;
}

export async function startFixtureServer(): Promise<FixtureServer> {
	const requests: string[] = [];
	let aborted = 0;
	const server = createServer((request, response) => {
		const answer = (status: number, data: object) =>
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(data));
		void text(request).then((received) => {
			const { url = '' } = request;
			const { signature, realm, 'x-key': key } = request.headers;
			requests.push(url);
			if (url === '/slow') {
				response.on('close', () => (aborted += 1));
			} else if (url === '/fail') {
				answer(500, { message: 'broken' });
			} else if (url === '/flaky') {
				const tries = requests.filter((earlier) => earlier === url).length;
				answer(tries < 2 ? 503 : 200, { tries });
			} else if (url === '/ping') {
				const status = { right: 200, closed: 200, odd: 418 }[String(key)] ?? 403;
				answer(status, { state: { open: key === 'right' } });
			} else {
				const body: unknown = received ? JSON.parse(received) : null;
				answer(200, { body, signature, realm, key });
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		aborted: () => aborted,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
