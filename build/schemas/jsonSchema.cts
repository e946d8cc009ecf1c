/** JSON schemas of output items, in the form that n8n's editor reads (`__schema__` folders). */

export type JsonSchema =
	| { readonly type: 'string' | 'integer' | 'number' | 'boolean' }
	| { readonly type: 'array'; readonly items: JsonSchema }
	| ObjectSchema;

export interface ObjectSchema {
	readonly type: 'object';
	readonly properties: Readonly<Record<string, JsonSchema>>;
}

export const text: JsonSchema = { type: 'string' };
export const integer: JsonSchema = { type: 'integer' };
export const number: JsonSchema = { type: 'number' };
export const boolean: JsonSchema = { type: 'boolean' };

export const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

export const object = (properties: Readonly<Record<string, JsonSchema>>): ObjectSchema => ({
	type: 'object',
	properties,
});

/** The schemas of a node's operations, by the stored names of resource and operation. */
export type OperationSchemas = Readonly<Record<string, Readonly<Record<string, ObjectSchema>>>>;

/** The schemas of a folder with a node and its trigger. */
export interface NodeSchemas {
	readonly operations: OperationSchemas;
	readonly trigger: ObjectSchema;
}
