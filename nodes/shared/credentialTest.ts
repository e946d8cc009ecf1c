import type { INodeCredentialTestResult } from 'n8n-workflow';

import { excerpt, Fault } from './fault';
import { unmarked } from './quote';

/**
 * Runs the test of a credential, and turns its outcome into what n8n shows under the credential.
 *
 * @param test returns remarks to show after the success message; what it throws is the failure
 */
export async function credentialTest(
	test: () => Promise<string>,
): Promise<INodeCredentialTestResult> {
	try {
		const remarks = await test();
		return { status: 'OK', message: `Connection successful!${remarks}` };
	} catch (error) {
		const message =
			error instanceof Fault
				? `${error.message}. ${error.description}`
				: unmarked(excerpt(String(error)));
		return { status: 'Error', message };
	}
}
