import type {Command, ListedCommands} from './command.js';

/** A module's command, whose flags only it knows by type. */
const command = (load: () => Promise<{readonly default: unknown}>) => load as () => Promise<{readonly default: Command}>;

/** Every command by its name. Each is loaded when it runs: start-up is what most of the waiting is for. */
export const commands: ListedCommands = {
	probe: {summary: 'show which TLS versions servers accept, with evidence (the default)', load: command(() => import('./probe.js'))},
	check: {summary: 'check endpoints against a file of expectations, for build systems', load: command(() => import('./check.js'))},
	baseline: {summary: 'save results, to compare later with tlsprobe diff', load: command(() => import('./baseline.js'))},
	diff: {summary: 'show the changes between two runs, or since one', load: command(() => import('./diff.js'))},
	windows: {
		summary: 'show which programs on a Windows machine can use TLS 1.2, and what the others lack',
		load: command(() => import('./windows.js')),
	},
	clients: {
		summary: 'show which old and new clients can connect to a server, and what the others lack',
		load: command(() => import('./clients.js')),
	},
	listen: {
		summary: 'wait for clients, and show what each offers and whether TLS 1.2 is enough',
		load: command(() => import('./listen.js')),
	},
	catalog: {
		summary: 'list the endpoint catalogs, and the documented minimum version of each service',
		load: command(() => import('./catalog.js')),
	},
	explain: {summary: 'show recorded bytes field by field, offline', load: command(() => import('./explain.js'))},
	worker: {summary: 'probe the targets of runs with --queue, on as many machines as you like', load: command(() => import('./worker.js'))},
	queue: {summary: 'show the runs and workers of a queue, and cancel, retry or remove runs', load: command(() => import('./queue.js'))},
	lab: {summary: 'start test servers on this machine, and probe them', load: command(() => import('./lab.js'))},
	schema: {
		summary: 'print the JSON Schema of what a command prints as JSON',
		load: command(() => import('./schema.js')),
	},
	completion: {
		summary: 'print a script that lets a shell complete commands, options and values',
		load: command(() => import('./completion.js')),
	},
};
