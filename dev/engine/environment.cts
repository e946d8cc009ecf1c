/**
 * Sets what n8n-core reads from the environment while it is being required, so this file has to be
 * imported before anything of n8n.
 */
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** n8n's home for this process; n8n creates it when it first needs it. */
export const userFolder = join(tmpdir(), `n8n-engine-${process.pid}-${randomUUID()}`);

// Settings meant for another n8n on the same machine must not change what happens here.
for (const name of Object.keys(process.env)) {
	if (name.startsWith('N8N_')) delete process.env[name];
}

Object.assign(process.env, {
	N8N_USER_FOLDER: userFolder,
	N8N_LOG_LEVEL: 'silent',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
});

// The simulators listen on the loopback address, which a proxy of the machine would not reach.
process.env.NO_PROXY = [process.env.NO_PROXY, '127.0.0.1', 'localhost', '::1']
	.filter(Boolean)
	.join(',');
