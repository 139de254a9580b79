import {buildHello} from '../exchange/build-hello.js';
import {isGrease, readClientHello, type SeenHello} from '../exchange/read-client-hello.js';
import {cipherSuites} from '../iana/cipher-suites.js';
import {extensionTypes} from '../iana/extensions.js';
import {groups} from '../iana/groups.js';
import {signatureSchemes} from '../iana/signature-schemes.js';
import {versions} from '../iana/versions.js';
import type {ClientProfile} from './client-profile.js';
import {helloOf} from './hello-of.js';

export type Resemblance = {
	/** Several where their hellos are the same. */
	readonly clients: readonly ClientProfile[];
	/** How the hello differs from theirs, in words; none where it is the same. */
	readonly differences: readonly string[];
};

/** With less in common, it is another client. */
const least = 0.6;

/** The known clients whose hello is most like this one. Server names, ALPN and padding, which a program chooses itself, are not compared. */
export function findResemblance(hello: SeenHello, profiles: readonly ClientProfile[]): Resemblance | undefined {
	const scored = profiles.map(profile => {
		const own = seenOf(profile, hello.serverName);
		return {profile, own, score: likeness(aspectsOf(hello), aspectsOf(own))};
	});
	const best = Math.max(...scored.map(({score}) => score));
	if (best < least) {
		return undefined;
	}

	const closest = scored.filter(({score}) => score === best);
	return {clients: closest.map(({profile}) => profile), differences: differencesOf(aspectsOf(hello), aspectsOf(closest[0]!.own))};
}

/** How a hello differs from one client's, in words. */
export const differencesFrom = (hello: SeenHello, profile: ClientProfile): readonly string[] =>
	differencesOf(aspectsOf(hello), aspectsOf(seenOf(profile, hello.serverName)));

const known = new WeakMap<ClientProfile, SeenHello>();

function seenOf(profile: ClientProfile, serverName: string | undefined): SeenHello {
	const seen = known.get(profile) ?? readClientHello(buildHello(helloOf(profile, serverName), size => new Uint8Array(size)).bytes);
	known.set(profile, seen);
	return seen;
}

type Aspect = {
	readonly title: string;
	readonly weight: number;
	readonly codes: readonly number[];
	readonly label: (code: number) => string;
};

/** What a program sets itself, or what comes and goes with the length: server_name, ALPN, padding. */
const perProgram: ReadonlySet<number> = new Set([0x00_00, 0x00_10, 0x00_15]);

function aspectsOf(hello: SeenHello): readonly Aspect[] {
	const offered = hello.supportedVersions ?? [hello.legacyVersion];
	const aspect = (title: string, weight: number, codes: readonly number[], label: Aspect['label']): Aspect => ({
		title,
		weight,
		codes: codes.filter(code => !isGrease(code)),
		label,
	});
	const types = hello.extensions?.map(({type}) => type).filter(type => !perProgram.has(type)) ?? [];
	return [
		aspect('versions', 4, offered, versions.label),
		aspect('cipher suites', 5, hello.cipherSuites, cipherSuites.label),
		aspect('extensions', 3, types, extensionTypes.label),
		aspect('groups', 2, hello.groups ?? [], groups.label),
		aspect('signature algorithms', 2, hello.signatureSchemes ?? [], signatureSchemes.label),
		aspect('key shares', 1, hello.keyShares ?? [], groups.label),
		aspect('format', 3, [hello.format === 'ssl2' ? 2 : 3], code => (code === 2 ? 'SSL 2' : 'TLS')),
	];
}

/** From 0 to 1. */
function likeness(mine: readonly Aspect[], theirs: readonly Aspect[]): number {
	const total = mine.reduce((sum, {weight}) => sum + weight, 0);
	return mine.reduce((sum, aspect, index) => sum + (aspect.weight / total) * overlap(aspect.codes, theirs[index]!.codes), 0);
}

/** What both have of what either has, a little less where their orders differ. */
function overlap(mine: readonly number[], theirs: readonly number[]): number {
	const all = new Set([...mine, ...theirs]);
	if (all.size === 0) {
		return 1;
	}

	const shared = mine.filter(code => theirs.includes(code));
	const isSameOrder = shared.join() === theirs.filter(code => mine.includes(code)).join();
	return (shared.length / all.size) * (isSameOrder ? 1 : 0.9);
}

function differencesOf(mine: readonly Aspect[], theirs: readonly Aspect[]): readonly string[] {
	return mine.flatMap(({title, codes, label}, index) => {
		const other = theirs[index]!.codes;
		const more = codes.filter(code => !other.includes(code)).map(label);
		const less = other.filter(code => !codes.includes(code)).map(label);
		if (more.length > 0 || less.length > 0) {
			const parts = [more.length > 0 ? `with ${shortened(more)}` : '', less.length > 0 ? `without ${shortened(less)}` : ''];
			return [`${title}: ${parts.filter(Boolean).join(', ')}`];
		}

		return codes.join() === other.join() ? [] : [`${title} in another order`];
	});
}

const mostNames = 6;

const shortened = (names: readonly string[]): string =>
	names.length > mostNames ? `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more` : names.join(', ');
