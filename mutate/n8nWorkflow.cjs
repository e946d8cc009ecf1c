/**
 * Stands in for n8n-workflow while changes are tried. The files that are changed take nothing but
 * `sleep` from it, and loading the whole of it, once for each change and test file, would take most of
 * the time.
 */
exports.sleep = async (milliseconds) =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What a test asks of an error is whether it is one of these, which none of them is here. */
exports.NodeApiError = class extends Error {};
exports.NodeOperationError = class extends Error {};
