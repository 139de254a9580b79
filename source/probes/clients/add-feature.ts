import {toHex} from '../../bytes/hex.js';
import type {HelloLayout, LaidOutExtension} from '../../exchange/hello-layout.js';
import type {HelloExtensions, HelloSpec} from '../../exchange/hello-spec.js';
import {type Codec, encode} from '../../wire/codec.js';
import {serverName as serverNameExtension, signatureAlgorithms, supportedGroups} from '../../wire/extensions/index.js';

/** What a hello can lack for a server that takes its version. */
export type Feature = 'cipher-suite' | 'group' | 'signature' | 'server-name';

/** What a server is known to take. */
export type KnownFeatures = {
	readonly cipherSuites: readonly number[];
	readonly groups: readonly number[];
	readonly signatureSchemes: readonly number[];
	readonly serverName: string | undefined;
};

/** What of these a client's hello has room for, and has less of. */
export function featuresToAdd(spec: HelloSpec, taken: KnownFeatures): Feature[] {
	const {layout, extensions} = spec;
	const types = new Set(layout?.extensions?.map(({type}) => type));
	const room: Readonly<Record<Feature, boolean>> = {
		'cipher-suite': true,
		group: types.has(supportedGroups.type),
		signature: types.has(signatureAlgorithms.type),
		'server-name': layout?.format === 'tls' && extensions?.serverName === undefined && taken.serverName !== undefined,
	};
	return (Object.keys(room) as Feature[]).filter(feature => room[feature]);
}

/** The same hello, but with what the server takes added behind what the client has of these. */
export function addFeature(spec: HelloSpec, features: readonly Feature[], taken: KnownFeatures): HelloSpec {
	let extended: HelloSpec = {...spec, shape: `${spec.shape}+${features.join('+')}`};
	for (const feature of features) {
		extended = addOneFeature(extended, feature, taken);
	}

	return extended;
}

const noExtensions: HelloExtensions = {groups: [], keyShares: [], signatureSchemes: [], isRich: false};

function addOneFeature(spec: HelloSpec, feature: Feature, taken: KnownFeatures): HelloSpec {
	const extensions = spec.extensions ?? noExtensions;
	switch (feature) {
		case 'cipher-suite':
			return {...spec, cipherSuites: both(spec.cipherSuites, taken.cipherSuites)};
		case 'group': {
			const groups = both(extensions.groups, taken.groups);
			return {...spec, extensions: {...extensions, groups}, layout: replaced(spec.layout!, supportedGroups, groups)};
		}
		case 'signature': {
			const signatureSchemes = both(extensions.signatureSchemes, taken.signatureSchemes);
			return {
				...spec,
				extensions: {...extensions, signatureSchemes},
				layout: replaced(spec.layout!, signatureAlgorithms, signatureSchemes),
			};
		}
		case 'server-name': {
			const name = taken.serverName!;
			const item = {type: serverNameExtension.type, body: toHex(encode(serverNameExtension.clientHello, [{nameType: 0, name}]))};
			const layout = {...spec.layout!, extensions: [item, ...(spec.layout!.extensions ?? [])]};
			return {...spec, extensions: {...extensions, serverName: name}, layout};
		}
		default:
			return feature satisfies never;
	}
}

const both = (own: readonly number[], taken: readonly number[]): readonly number[] => [...new Set([...own, ...taken])];

function replaced<Value>(
	layout: HelloLayout,
	{type, clientHello}: {readonly type: number; readonly clientHello: Codec<Value>},
	value: Value,
): HelloLayout {
	const body = toHex(encode(clientHello, value));
	const replace = (item: LaidOutExtension): LaidOutExtension => (item.type === type ? {type, body} : item);
	return {...layout, extensions: layout.extensions?.map(replace)};
}
