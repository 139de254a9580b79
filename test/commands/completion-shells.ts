import {isDeepStrictEqual} from 'node:util';
import type {ExecutionContext} from 'ava';
import {needsTool} from '../helpers/needs-tool.js';
import {onLinux} from '../helpers/platforms.js';
import {completeInFish, pressTab, type ShellName} from '../helpers/press-tab.js';

/** What is typed before Tab, and the arguments that the shell then has. */
type Case = readonly [typed: string, completed: readonly string[]];

const everywhere: readonly Case[] = [
	['tlsprobe --pol', ['--policy']],
	['tlsprobe --policy bsi', ['--policy', 'bsi-tr-02102-2']],
	['tlsprobe --policy pci-dss,nist-sp-800-52r2-p', ['--policy', 'pci-dss,nist-sp-800-52r2-public']],
	['tlsprobe --format=mark', ['--format=markdown']],
	['tlsprobe --only fail,inc', ['--only', 'fail,inconclusive']],
	['tlsprobe --explain TLS_CHACHA20', ['--explain', 'TLS_CHACHA20_POLY1305_SHA256']],
	['tlsprobe a.example --no-serv', ['a.example', '--no-servername']],
	['tlsprobe base', ['baseline']],
	['tlsprobe --json base', ['--json', 'baseline']],
	['tlsprobe check --config-t', ['check', '--config-type']],
	['tlsprobe check --config-type hap', ['check', '--config-type', 'haproxy']],
	['tlsprobe clients --client windows-server-2012-', ['clients', '--client', 'windows-server-2012-r2']],
	['tlsprobe windows --os windows-vis', ['windows', '--os', 'windows-vista']],
	['tlsprobe windows --switch DontEnableSystemDefaultTlsVersions=t', ['windows', '--switch', 'DontEnableSystemDefaultTlsVersions=true']],
	['tlsprobe lab --peer schan', ['lab', '--peer', 'schannel']],
	['tlsprobe catalog azure-file', ['catalog', 'azure-file-sync']],
	['tlsprobe completion pow', ['completion', 'powershell']],
	['tlsprobe schema liste', ['schema', 'listen']],
	['tlsprobe help expl', ['help', 'explain']],
	['tlsprobe --starttls xmpp-', ['--starttls', 'xmpp-server']],
	// Files, by the quoting of the shell; folders alone where a folder is wanted.
	['tlsprobe --hosts my', ['--hosts', 'my hosts.txt']],
	['tlsprobe check tlsp', ['check', 'tlsprobe.yaml']],
	['tlsprobe --catalog own', ['--catalog', 'own-catalog.json']],
	// The value of another option is no command.
	['tlsprobe --servername check --config-t', ['--servername', 'check', '--config-t']],
	['tlsprobe --timeout my', ['--timeout', 'my']],
	['tlsprobe -o my', ['-o', 'my hosts.txt']],
];

const typed = everywhere.map(([line]) => line);
const files = ['my hosts.txt', 'tlsprobe.yaml', 'own-catalog.json'];

function compare(t: ExecutionContext, found: readonly (readonly string[])[]): void {
	t.is(found.length, everywhere.length);
	t.deepEqual(
		found.flatMap((words, index) => (isDeepStrictEqual(words, everywhere[index]![1]) ? [] : [{typed: typed[index], words}])),
		[],
	);
}

for (const shell of ['bash', 'zsh'] as const satisfies readonly ShellName[]) {
	const title = `${shell} completes what is typed when Tab is pressed`;
	if (needsTool(title, [shell, 'script'])) {
		// Elsewhere the program that makes a terminal has other options.
		onLinux(title, async t => compare(t, await pressTab(t, shell, typed, files)));
	}
}

if (needsTool('fish completes what is typed', ['fish'])) {
	onLinux('fish completes what is typed', async t => compare(t, await completeInFish(t, typed, files)));
}
