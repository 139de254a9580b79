/**
The names of the published JSON Schemas. Each is described in a file of its name in this folder; `result` is formats/result.schema.json, and `check`
is checks/file/check.schema.json. The build writes them into `dist/schema`.
*/
export const schemaNames = [
	'result',
	'check',
	'diff',
	'clients',
	'clients-list',
	'windows',
	'windows-collection',
	'listen',
	'catalog',
	'catalog-due',
	'catalog-file',
	'queue',
	'lab-serve',
] as const;

export type SchemaName = (typeof schemaNames)[number];
