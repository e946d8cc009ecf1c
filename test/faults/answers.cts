/** Ways to answer wrongly. */
import type { Reply, Spoil, SpoiledCall } from './faultServer.cts';

export type Answer = (call: SpoiledCall) => void | Promise<void>;

/** An answer of the service, changed or cut. */
export const spoils = (answer: Answer): Spoil => ({ at: 'answer', reaches: true, answer });

/** Something between n8n and the service answers. */
export const keepsFrom = (answer: Answer): Spoil => ({ at: 'answer', reaches: false, answer });

export const head = (
	{ status, headers, body }: Reply,
	extra: Readonly<Record<string, string>>,
): string =>
	[
		`HTTP/1.1 ${status} Sample`,
		...Object.entries({ 'content-length': String(body.length), ...headers, ...extra })
			.filter(([, value]) => value !== '')
			.map(([name, value]) => `${name}: ${value}`),
		'\r\n',
	].join('\r\n');

export const half = (body: Buffer): Buffer => body.subarray(0, Math.floor(body.length / 2));

export const write = async ({ socket }: SpoiledCall, ...parts: ReadonlyArray<string | Buffer>) =>
	await new Promise<void>((resolve) => {
		socket.write(Buffer.concat(parts.map((part) => Buffer.from(part))), () => resolve());
	});

export const send = ({ response }: SpoiledCall, { status, headers, body }: Reply): void => {
	response.writeHead(status, { ...headers, connection: 'close' }).end(body);
};

export const page = (title: string): Buffer =>
	Buffer.from(
		`<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
	);

export const HTML = { 'content-type': 'text/html; charset=utf-8' };
