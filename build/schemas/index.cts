/**
 * The `__schema__` files of the package: what the output of each operation looks like, so that fields can
 * be dragged in n8n's editor before the first run. Made at build time from the catalogues.
 */
import type { NodeSchemas, ObjectSchema } from './jsonSchema.cts';
import { klientuPortfelis } from './klientuPortfelis.cts';
import { rivile } from './rivile.cts';

/** The folder of the version of the nodes, as n8n looks for it. */
const VERSION = 'v1.0.0';

/** The schemas by the folder of their node. */
export const SCHEMAS: Readonly<Record<string, NodeSchemas>> = {
	KlientuPortfelis: klientuPortfelis,
	Rivile: rivile,
};

/** @returns the files by their paths below `nodes/` */
export function schemaFiles(): ReadonlyMap<string, ObjectSchema> {
	const files = new Map<string, ObjectSchema>();
	for (const [folder, { operations, trigger }] of Object.entries(SCHEMAS)) {
		const base = `${folder}/__schema__/${VERSION}`;
		// A node without resources, which only the trigger is, has one file.
		files.set(`${base}.json`, trigger);
		for (const [resource, schemas] of Object.entries(operations)) {
			for (const [operation, schema] of Object.entries(schemas)) {
				files.set(`${base}/${resource}/${operation}.json`, schema);
			}
		}
	}
	return files;
}
