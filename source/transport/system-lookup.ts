import dns from 'node:dns';
import pLimit from 'p-limit';
import {codeOf} from './connection.js';

/** The system's answer for a name: its addresses, or the code of the error. */
export type SystemAnswer = readonly dns.LookupAddress[] | {readonly code: string};

type Lookup = {
	readonly found: Promise<SystemAnswer>;
	/** Ends it. `found` may stay pending. */
	readonly cancel: () => void;
};

/** A name server that has not answered after this time counts as not answering. */
const patienceMs = 250;

/**
Look a name up as the system does. The system's look-up runs on a thread, cannot be cancelled, and keeps the process until it has ended, which takes
20 s or more if a name server does not answer. Therefore the name servers are queried first. If they do not answer, another process makes the look-up,
because it can be killed.
*/
export function systemLookup(host: string): Lookup {
	if (host === 'localhost' || host.endsWith('.localhost')) {
		return {found: lookUpHere(host), cancel() {}};
	}

	let isCancelled = false;
	let elsewhere: Lookup | undefined;
	const question = askServers(host);
	const found = question.isAnswered.then(isAnswered => {
		if (isCancelled) {
			return {code: 'ECANCELLED'};
		}

		if (isAnswered) {
			return lookUpHere(host);
		}

		elsewhere = lookUpElsewhere(host);
		return elsewhere.found;
	});
	return {
		found,
		cancel() {
			isCancelled = true;
			question.cancel();
			elsewhere?.cancel();
		},
	};
}

const lookUpHere = (host: string): Promise<SystemAnswer> =>
	new Promise(resolve => {
		dns.lookup(host, {all: true, order: 'verbatim'}, (error, found) => resolve(error === null ? found : {code: codeOf(error)}));
	});

/** Whether every query gets an answer of any kind. */
function askServers(host: string): {readonly isAnswered: Promise<boolean>; readonly cancel: () => void} {
	const resolver = new dns.Resolver({timeout: 10_000, tries: 1});
	let timer: NodeJS.Timeout | undefined;
	const silence = new Promise<boolean>(resolve => {
		timer = setTimeout(() => resolve(false), patienceMs);
	});
	const answers = Promise.all([
		new Promise<void>(resolve => resolver.resolve4(host, () => resolve())),
		new Promise<void>(resolve => resolver.resolve6(host, () => resolve())),
	]).then(() => true);
	const cancel = (): void => {
		clearTimeout(timer);
		resolver.cancel();
	};

	return {isAnswered: Promise.race([answers, silence]).finally(cancel), cancel};
}

/** Each is a process. Further look-ups wait, as they do for the system's four threads. */
const limit = pLimit(4);

const parse = (said: string): SystemAnswer => (said === '' ? {code: 'ECANCELLED'} : (JSON.parse(said) as SystemAnswer));

/** The program of the other process. */
const scriptFor = (host: string): string => `
require('node:dns').lookup(${JSON.stringify(host)}, {all: true, order: 'verbatim'}, (error, found) => {
	require('node:fs').writeSync(1, JSON.stringify(error === null ? found : {code: error.code}));
});`;

function lookUpElsewhere(host: string): Lookup {
	let isCancelled = false;
	let cancel = (): void => {};
	const run = async (): Promise<SystemAnswer> => {
		// Few runs ever need it.
		const {fork} = await import('node:child_process');
		return new Promise(resolve => {
			if (isCancelled) {
				resolve({code: 'ECANCELLED'});
				return;
			}

			const child = fork('-', {execArgv: ['-e', scriptFor(host), '--'], stdio: ['ignore', 'pipe', 'ignore', 'ipc']});
			let said = '';
			child.stdout!.setEncoding('utf8').on('data', (text: string) => {
				said += text;
			});
			cancel = () => {
				child.kill('SIGKILL');
				resolve({code: 'ECANCELLED'});
			};

			// If the other process cannot be started, or fails, the look-up is made in this process.
			child.once('error', () => resolve(lookUpHere(host)));
			child.once('close', () => resolve(said === '' && !isCancelled ? lookUpHere(host) : parse(said)));
		});
	};

	return {
		found: limit(run),
		cancel() {
			isCancelled = true;
			cancel();
		},
	};
}
