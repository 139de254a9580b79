import {parseWord} from '../bytes/parse-word.js';
import {type SchemaName, schemaNames} from '../schemas/index.js';
import {type Context, defineCommand, type ExitCode, UsageError} from './command.js';
import {planText, printingFlags, withPrinting} from './probing/printing.js';

/** The published JSON Schemas. A single executable has no folder that they could be read from. */
export default defineCommand({
	name: 'schema',
	summary: 'print the JSON Schema of what a command prints as JSON',
	operands: 'schemas',
	flags: {output: printingFlags.output},
	help: `Usage
  $ tlsprobe schema [NAME]

Prints a JSON Schema (draft 2020-12) of what a command prints with --json, or of
a file that a command reads: check, catalog-file and windows-collection. Editors
complete and check such a file by it. It describes each field. Without a name, lists the
schemas. The package has them as tlsprobe/schema/NAME.json.

Options
  -o, --output FILE  write to FILE; repeatable

Exit code
  0 printed  2 wrong usage

Examples
  $ tlsprobe schema
  $ tlsprobe schema result | jq .properties.verdict
  $ tlsprobe schema windows -o windows.schema.json
  $ tlsprobe schema catalog-file -o catalog-file.schema.json
`,
	async run([text, other], {output}, context): Promise<ExitCode> {
		if (other !== undefined) {
			throw new UsageError(`schema prints one schema at a time; leave out ${JSON.stringify(other)}`);
		}

		const name = text === undefined ? undefined : readName(text);
		return withPrinting(planText({format: 'text', output}, [], '.json'), context, async print => {
			await print({text: () => (name === undefined ? listOf(context) : context.readSchema(name))});
			return 0;
		});
	},
});

function readName(text: string): SchemaName {
	const parsed = parseWord(text, schemaNames);
	if (parsed.kind === 'invalid') {
		throw new UsageError(`schema ${parsed.problem}`);
	}

	return parsed.word;
}

function listOf({readSchema}: Context): string {
	const width = Math.max(...schemaNames.map(name => name.length));
	return schemaNames.map(name => `${name.padEnd(width)}  ${titleOf(readSchema(name))}\n`).join('');
}

const titleOf = (schema: string): string => (JSON.parse(schema) as {title: string}).title;
