import {alerts} from '../iana/alerts.js';
import type {Codec} from './codec.js';

export const alertLevel = {warning: 1, fatal: 2} as const;

const levelLabel = (level: number): string => (level === 1 ? 'warning' : level === 2 ? 'fatal' : `level ${level}`);

export type Alert = {
	readonly level: number;
	readonly description: number;
};

/** RFC 9846 §6, RFC 5246 §7.2. */
export const alert: Codec<Alert> = {
	name: 'Alert',
	decode: reader => ({
		level: reader.uint8('level', levelLabel),
		description: reader.uint8('description', alerts.label),
	}),
	encode(writer, {level, description}) {
		writer.uint8(level).uint8(description);
	},
};
