import {toHex} from '../bytes/hex.js';
import type {LaidOutExtension} from '../exchange/hello-layout.js';
import type {HelloSpec} from '../exchange/hello-spec.js';
import type {SeenHello} from '../exchange/read-client-hello.js';
import {type VersionName, versions} from '../iana/versions.js';
import {encode} from '../wire/codec.js';
import {serverName as serverNameExtension} from '../wire/extensions/index.js';
import type {ClientProfile} from './client-profile.js';

/** A client of which there is one hello. Its server name is replaced by the one that is asked for, where it has one. */
export function recordedClient(name: string, seen: SeenHello): ClientProfile {
	const {spec, supportedVersions, version} = seen;
	return {
		name,
		title: name,
		family: 'tool',
		aliases: [],
		versions: versions.entries.filter(({code}) => isTaken(code, supportedVersions, version)).map(entry => entry.name) as VersionName[],
		sources: ['a recording'],
		confidence: 'high',
		note: supportedVersions === undefined ? 'A hello of this kind does not say which older versions the client accepts.' : undefined,
		hello: asked => withName({...spec, shape: name}, asked),
	};
}

/** Without supported_versions a hello names the newest alone. SSL 2 and 3 are taken not to be meant. */
const isTaken = (code: number, listed: readonly number[] | undefined, newest: number): boolean =>
	listed === undefined ? code === newest || (code >= 0x03_01 && code <= newest) : listed.includes(code);

function withName(spec: HelloSpec, name: string | undefined): HelloSpec {
	const {layout, extensions} = spec;
	if (layout?.extensions === undefined || extensions?.serverName === undefined) {
		return spec;
	}

	const rename = (item: LaidOutExtension): readonly LaidOutExtension[] => {
		if (item.type !== serverNameExtension.type) {
			return [item];
		}

		return name === undefined ? [] : [{type: item.type, body: toHex(encode(serverNameExtension.clientHello, [{nameType: 0, name}]))}];
	};
	return {...spec, extensions: {...extensions, serverName: name}, layout: {...layout, extensions: layout.extensions.flatMap(rename)}};
}
