import type {Command} from './command.js';

type Listed = {readonly summary: string; readonly load: () => Promise<{readonly default: Command}>};

/** A module's command, whose flags only it knows by type. */
const command = (load: () => Promise<{readonly default: unknown}>) => load as () => Promise<{readonly default: Command}>;

/** Every command by its name. Each is loaded when it runs: start-up is what most of the waiting is for. */
export const commands: Readonly<Record<string, Listed>> = {
	probe: {summary: 'tell which TLS versions servers accept, with proof (the default)', load: command(() => import('./probe.js'))},
	check: {summary: 'hold endpoints to what a file says must hold, for build systems', load: command(() => import('./check.js'))},
	baseline: {summary: 'save a run, to compare with later by tlsprobe diff', load: command(() => import('./baseline.js'))},
	diff: {summary: 'show what has changed between two runs, or since one', load: command(() => import('./diff.js'))},
	windows: {
		summary: 'tell which programs of a Windows machine reach TLS 1.2, and what they lack',
		load: command(() => import('./windows.js')),
	},
	clients: {
		summary: 'tell which old and new clients would connect to a server, and what the others lack',
		load: command(() => import('./clients.js')),
	},
	listen: {
		summary: 'wait for clients, and tell what each offers and whether TLS 1.2 alone would do',
		load: command(() => import('./listen.js')),
	},
	catalog: {
		summary: 'list the catalogs of endpoints, and what each service documents of itself',
		load: command(() => import('./catalog.js')),
	},
	explain: {summary: 'show recorded bytes field by field, offline', load: command(() => import('./explain.js'))},
	lab: {summary: 'start a few servers on this machine, and probe them', load: command(() => import('./lab.js'))},
};
