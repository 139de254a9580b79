import type {Conversation} from '../probe.js';
import {acceptedHello} from '../versions/accepted-hello.js';
import type {VersionFinding} from '../versions/finding.js';

/** A server that takes more than these is not one that lacks suites. */
const mostSuites = 12;

/** The suites that a server takes for a version, out of those it was seen to accept one of: each is taken away once it was chosen. */
export function* listSuites(version: number, finding: VersionFinding, serverName: string | undefined): Conversation<readonly number[]> {
	const hello = acceptedHello(version, finding, serverName);
	const taken: number[] = [];
	while (taken.length < mostSuites) {
		const left = hello.cipherSuites.filter(code => !taken.includes(code));
		const [answer] = yield [{kind: 'hello', hello: {...hello, shape: `${hello.shape}-without-${taken.length}`, cipherSuites: left}}];
		const {outcome} = answer!;
		const isTaken = (outcome.kind === 'server-hello' || outcome.kind === 'hello-retry-request') && outcome.version === version;
		if (!isTaken || !left.includes(outcome.cipherSuite)) {
			break;
		}

		taken.push(outcome.cipherSuite);
	}

	return taken;
}
