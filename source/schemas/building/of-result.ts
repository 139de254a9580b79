import result from '../../formats/result.schema.json' with {type: 'json'};
import type {JsonSchema} from '../../probes/report-part.js';

const {properties, $defs} = result;

/** A schema of a result, with what it means here. */
export const described = (description: string, schema: JsonSchema): JsonSchema => ({...schema, description});

/** What other outputs have in common with a result, as its schema describes it. */
export const ofResult = {
	target: properties.target,
	host: properties.host,
	port: properties.port,
	serverName: properties.serverName,
	startedAt: properties.startedAt,
	durationMs: $defs.milliseconds,
	toolVersion: described('the version of tlsprobe', properties.toolVersion),
	version: $defs.versionName,
	status: $defs.version.properties.status,
	cipherSuite: $defs.version.properties.cipherSuite,
	group: $defs.version.properties.group,
	words: $defs.version.properties.words,
} as const satisfies Readonly<Record<string, JsonSchema>>;
