import type {TargetResult} from '../engine/probe-target.js';
import type {Report} from '../engine/report.js';
import type {IdentityReport} from '../probes/certificates/identity-report.js';

/** How many RSA keys are remembered. Each takes some hundred bytes. */
const mostKeys = 100_000;

/** How many names are kept for one key, and how many keys are reported. */
const [mostNamed, mostReported] = [5, 20];

/** Targets whose RSA key a host that accepts SSL 2 has as well: DROWN decrypts their connections too. */
export type SharedKey = {
	/** The host that accepts SSL 2. */
	readonly acceptsSsl2: string;
	/** The first ones that do not accept SSL 2, or not at every address. */
	readonly targets: readonly string[];
	/** How many more there are. */
	readonly more: number;
};

export type SharedKeys = {
	add(result: TargetResult): void;
	read(): readonly SharedKey[];
};

type Holders = {acceptsSsl2: string | undefined; readonly targets: string[]; more: number};

/**
Finds keys that a host with SSL 2 shares with others, whichever of them comes first. Only results with the probes `versions` for SSL 2 and `certificates`
take memory, and at most `most` keys are remembered: later ones are not compared.
*/
export function collectSharedKeys(most = mostKeys): SharedKeys {
	const holders = new Map<string, Holders>();
	return {
		add({target, recordings}) {
			for (const {report} of recordings) {
				const status = report.versions.SSLv2?.status;
				if (status === undefined) {
					continue;
				}

				const name = recordings.length > 1 ? `${target.target} (${report.address})` : target.target;
				for (const key of rsaKeysIn(report)) {
					const known = holders.get(key);
					if (known === undefined && holders.size >= most) {
						continue;
					}

					const holder = known ?? {acceptsSsl2: undefined, targets: [], more: 0};
					holders.set(key, holder);
					note(holder, name, status === 'accepted');
				}
			}
		},
		read: () =>
			[...holders.values()]
				.flatMap(({acceptsSsl2, targets, more}) =>
					acceptsSsl2 === undefined || targets.length === 0 ? [] : [{acceptsSsl2, targets: [...targets], more}],
				)
				.slice(0, mostReported),
	};
}

function note(holder: Holders, name: string, isAccepted: boolean): void {
	if (isAccepted) {
		holder.acceptsSsl2 ??= name;
	} else if (holder.targets.length < mostNamed) {
		holder.targets.push(name);
	} else {
		holder.more += 1;
	}
}

/** The RSA keys of the certificates that were seen, each once. Half of a hash is enough to tell them apart. */
function rsaKeysIn(report: Report): ReadonlySet<string> {
	const {certificates = []} = report as Report & {readonly certificates?: readonly IdentityReport[]};
	return new Set(
		certificates.flatMap(({leaf}) =>
			leaf?.key?.type === 'rsa' && leaf.spkiSha256 !== undefined ? [Buffer.from(leaf.spkiSha256, 'hex').toString('latin1', 0, 16)] : [],
		),
	);
}
