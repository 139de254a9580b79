import type {Completion} from '../exchange/completing/completion.js';
import type {Outcome} from '../exchange/outcome.js';
import type {Conversed} from '../exchange/turns/turn.js';

/** One connection, byte for byte. */
export type Evidence = {
	/** The way of asking; `handshake` for a whole one. A conversation of records has the name that its probe gives it. */
	readonly shape: string;
	/** The version that was asked for: another one than this report's where it served as a control. */
	readonly version: string;
	readonly outcome: Outcome['kind'] | Completion['handshake']['kind'] | Conversed['kind'];
	readonly durationMs: number;
	/** Whether the status rests on it. */
	readonly decided: boolean;
	readonly sent: string;
	/** Hexadecimal; at most 64 KiB of answers to a hello, and 512 KiB of a handshake and what follows, are ever read. */
	readonly received: string;
};
