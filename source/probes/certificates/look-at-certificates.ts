import {sha256} from '../../certificates/certificate.js';
import {makeStore, mozillaStore, type Store, splitPem, systemStore} from '../../certificates/stores.js';
import {versions} from '../../iana/versions.js';
import type {Conduct} from '../probe.js';
import {timed} from '../taking/timed.js';
import {together} from '../taking/together.js';
import type {VersionFinding} from '../versions/finding.js';
import {askAgainForStaples} from './ask-again-for-staples.js';
import {assessIdentity} from './assess-identity.js';
import type {VersionToAsk} from './hello-for.js';
import type {IdentityReport, Seen, Undecided} from './identity-report.js';
import {lookOnline} from './online/look-online.js';
import {type ShownBy, showIdentities} from './show-identities.js';
import type {ShownIdentity} from './shown-identity.js';
import type {CertificatesTypes} from './types.js';

/** Every identity: with the name in each accepted version, and without it in the newest. */
const conduct: Conduct<CertificatesTypes> = {
	*run({target: {serverName, host}, options: {ca, online, ctLogs}, earlier: {versions: findings}}) {
		const accepted = Object.entries(findings)
			.filter(([, {status}]) => status === 'accepted')
			.map(([name, finding]) => toAsk(versions.code(name as keyof typeof findings), finding, serverName))
			.filter(({version}) => version >= ssl3)
			.toSorted((one, other) => other.version - one.version);
		const [newest] = accepted;
		const withoutName = newest === undefined || serverName === undefined ? [] : [{...newest, serverName: undefined}];
		const {value: shows, sinceMs} = yield* timed(together([...accepted, ...withoutName].map(showIdentities)));
		const shown = yield* askAgainForStaples(
			shows.flatMap(show => show.shown),
			sinceMs,
		);
		const stores = storesOf(ca);
		const options = {asked: serverName ?? host, stores, ctLogs, now: new Date()};
		const identities = identitiesIn(shown, serverName);
		const reports = identities.map(identity => assessIdentity(identity, options));
		const known = online ? yield* together(identities.map((identity, index) => lookOnline(identity, reports[index]!, options))) : reports;
		return [...known, ...undecidedIn(shows.flatMap(({undecided}) => undecided))];
	},
};

export default conduct;

/** SSL 2 shows its certificate in a hello of another kind. */
const ssl3 = 0x03_00;

function toAsk(version: number, {outcome}: VersionFinding, serverName: string | undefined): VersionToAsk {
	return {version, serverName, acceptedSuite: 'cipherSuite' in outcome ? outcome.cipherSuite : 0};
}

const storesOf = (ca: string | undefined): readonly Store[] => [
	mozillaStore(),
	...[systemStore()].flatMap(store => store ?? []),
	...(ca === undefined ? [] : [makeStore('ca', splitPem(ca))]),
];

/** The same chain is one identity, in whatever handshakes it was shown; those of the target first. */
function identitiesIn(shown: readonly ShownBy[], serverName: string | undefined): readonly ShownIdentity[] {
	const byChain = new Map<string, ShownBy[]>();
	for (const item of shown) {
		const key = item.chain.map(sha256).join(' ');
		byChain.set(key, [...(byChain.get(key) ?? []), item]);
	}

	return [...byChain.values()]
		.map(
			(items): ShownIdentity => ({
				chain: items[0]!.chain,
				// SSL 3 has no extensions to ask with.
				ocspResponses: items.filter(({version}) => version > ssl3).map(item => item.ocspResponse),
				sctLists: items.flatMap(item => item.sctList ?? []),
				seen: distinct(
					items.map(item => ({
						version: versions.label(item.version),
						authentication: item.authentication,
						serverName: item.serverName ?? null,
					})),
				),
				isForTarget: items.some(item => item.serverName === serverName),
			}),
		)
		.toSorted((one, other) => Number(other.isForTarget) - Number(one.isForTarget));
}

/** Each handshake that showed it once, however often it was asked. */
const distinct = (seen: readonly Seen[]): readonly Seen[] => [...new Map(seen.map(item => [JSON.stringify(item), item])).values()];

function undecidedIn(undecided: readonly Undecided[]): readonly IdentityReport[] {
	const problems = [
		{
			id: 'undecided',
			severity: 'warning' as const,
			message: 'The server may have other certificates: some connections gave no clear answer.',
		},
	];
	return undecided.length === 0 ? [] : [{seen: [], problems, undecided}];
}
