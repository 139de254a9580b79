import type {Server} from '../servers.js';
import type {ToolName} from '../tools.js';

/** How a tool states the fact, and what it says if it is wrong. A pattern alone: anything else counts as missed. */
export type Tell = RegExp | {readonly found: RegExp; readonly wrong: RegExp};

/** One feature on one server. A tool that is not in `tells` does not ask for it. */
export type Row = {
	readonly feature: string;
	readonly server: Server['name'];
	/** What is so, by the configuration of the server. */
	readonly truth: string;
	readonly tells: Readonly<Partial<Record<ToolName, Tell>>>;
	/** Why this tool does not ask, or what the cells do not show. */
	readonly note?: string;
};

export type Section = {readonly title: string; readonly rows: readonly Row[]};

/** A line of testssl.sh, `name   value`. */
export const line = (name: string, value: string): RegExp => new RegExp(`^\\s*${name}\\s+${value}`, 'm');
/** The part of sslyze's output below a heading. */
export const below = (heading: string, value: string): RegExp => new RegExp(`\\* ${heading}:(?:(?!\\n \\* )[\\s\\S])*?${value}`);

/** That a script of nmap reports a vulnerability, in its own lines. */
export const script = (name: string): RegExp => new RegExp(`^\\|[ _]${name}:(?:(?!^\\|[ _]\\S)[\\s\\S])*?State: VULNERABLE`, 'm');
