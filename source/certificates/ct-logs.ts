import {createHash} from 'node:crypto';

/** A log of Certificate Transparency. Plain data. */
export type CtLog = {
	readonly name: string;
	/** SubjectPublicKeyInfo in DER, in base64. */
	readonly key: string;
};

/**
Read a list of logs as browsers publish it: JSON of version 3, such as `log_list.json`. Logs of every state count, because certificates outlive logs.

@throws {Error} If it is none, or if a log has an identifier that is not that of its key. The message says where.
*/
export function readCtLogs(text: string): readonly CtLog[] {
	const {operators} = parse(text) as {readonly operators?: unknown};
	if (!Array.isArray(operators)) {
		throw new Error('it has no list "operators", as version 3 of lists of logs has');
	}

	const logs = operators.flatMap((operator: unknown, index) => {
		const {logs: usual = [], tiled_logs: tiled = []} = (operator ?? {}) as Readonly<Record<string, unknown>>;
		if (!Array.isArray(usual) || !Array.isArray(tiled)) {
			throw new TypeError(`operators[${index}] has no list "logs"`);
		}

		return [
			...usual.map((log: unknown, place) => readLog(log, `operators[${index}].logs[${place}]`)),
			...tiled.map((log: unknown, place) => readLog(log, `operators[${index}].tiled_logs[${place}]`)),
		];
	});
	if (logs.length === 0) {
		throw new Error('it has no log');
	}

	return logs;
}

function parse(text: string): object {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new Error('it is not JSON');
	}

	return typeof value === 'object' && value !== null ? value : {};
}

function readLog(log: unknown, at: string): CtLog {
	const {description, log_id: id, key} = (log ?? {}) as Readonly<Record<string, unknown>>;
	if (typeof key !== 'string' || key === '') {
		throw new Error(`${at} has no "key"`);
	}

	if (id !== undefined && id !== idOf({key})) {
		throw new Error(`"log_id" of ${at} is not the SHA-256 of its "key"`);
	}

	return {name: typeof description === 'string' && description !== '' ? description : idOf({key}), key};
}

/** The SHA-256 of the key, in base64. RFC 6962 §3.2. */
export const idOf = ({key}: Pick<CtLog, 'key'>): string => createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64');
