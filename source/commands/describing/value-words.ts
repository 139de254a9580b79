import {clouds} from '../../catalogs/catalog.js';
import {catalogs} from '../../catalogs/index.js';
import {clientProfiles} from '../../clients/index.js';
import {windowsVersions} from '../../clients/windows/versions.js';
import {topicWords} from '../../formats/explaining/topic.js';
import {formatNames} from '../../formats/index.js';
import {versionNames} from '../../iana/versions.js';
import {peers} from '../../lab/peers/index.js';
import {scannedPorts} from '../../lists/formats/format.js';
import {hostsFormatNames} from '../../lists/formats/index.js';
import {policies} from '../../policy/policies/index.js';
import {probes} from '../../probes/index.js';
import {schemaNames} from '../../schemas/index.js';
import {products} from '../../server-configs/index.js';
import {startTlsNames} from '../../transport/starttls/index.js';
import {clientKinds} from '../../windows/clients/index.js';
import {switchNames} from '../../windows/machine.js';
import {serverKinds} from '../../windows/servers/index.js';
import {services} from '../../windows/services.js';
import type {NamedKind} from './value-kind.js';

const namesOf = (items: readonly {readonly name: string}[]): readonly string[] => items.map(({name}) => name);

/** What `clients` finds is the result of a command. */
const probeNames = namesOf(probes).filter(name => name !== 'clients');

/** The words that may stand for each kind of value. */
export const valueWords: Readonly<Record<NamedKind, readonly string[]>> = {
	addresses: ['all', 'first'],
	answers: ['handshake', 'refuse', 'record'],
	architectures: ['x86', 'x64'],
	'baseline-formats': ['jsonl', 'json'],
	catalogs: namesOf(catalogs),
	clients: clientProfiles.flatMap(({name, aliases}) => [name, ...aliases]),
	clouds,
	'explain-formats': ['text'],
	formats: formatNames,
	'hosts-formats': hostsFormatNames,
	peers: namesOf(peers),
	policies: namesOf(policies),
	probes: [...probeNames, 'full'],
	products: namesOf(products),
	// Those that tlsprobe knows more of than their names.
	protocols: ['h2', 'http/1.1', 'mqtt', 'tds/8.0'],
	proxies: ['env'],
	'proxy-protocols': ['1', '2'],
	roles: ['client', 'server'],
	'scanned-ports': scannedPorts,
	schemas: schemaNames,
	shells: ['bash', 'zsh', 'fish', 'powershell'],
	starttls: [...startTlsNames, 'auto'],
	switches: switchNames.flatMap(name => ['true', 'false'].map(value => `${name.split('.').at(-1)}=${value}`)),
	'text-formats': ['text', 'jsonl', 'json'],
	topics: topicWords,
	verdicts: ['pass', 'fail', 'inconclusive'],
	// As a user writes them: 1.2, ssl3.
	versions: [...versionNames.map(name => name.replace(/^TLSv/, '').toLowerCase().replace('v', '')), 'all'],
	'windows-clients': namesOf(clientKinds),
	'windows-servers': namesOf(serverKinds),
	'windows-services': namesOf(services),
	'windows-versions': namesOf(windowsVersions),
};
