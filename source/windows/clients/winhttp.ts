import {builds} from '../../clients/windows/versions.js';
import type {VersionName} from '../../iana/versions.js';
import {hasDroppedOldVersions, type Machine, viewOf} from '../machine.js';
import {readDword} from '../registry.js';
import {typeName} from '../registry-file/value.js';
import type {Step} from '../remedy/step.js';
import type {ClientKind} from '../rules/client-kind.js';
import {protocolsInWords} from '../rules/offer.js';
import {documentedMask, isGoodMask, versionsOfMask} from '../rules/protocol-mask.js';
import {allValues, isHopeless, schannelSteps, upgrade, valuesToSet} from '../rules/remedies.js';
import {type Doubt, doubt, type Fact, fact} from '../sources.js';

const valueName = 'DefaultSecureProtocols';

/** A program on WinHTTP that does not set versions itself. */
export default {
	name: 'winhttp',
	title: 'WinHTTP',
	bits: 'both',
	judge(machine, bits) {
		const {codeProtocols} = machine.program;
		if (codeProtocols !== undefined) {
			return {
				request: {kind: 'named', versions: codeProtocols},
				facts: [
					fact(
						`the program sets its own list, ${protocolsInWords(codeProtocols)}, so that ${valueName} has no effect`,
						'W-HTTP',
						'KB3140245',
					),
				],
				doubts: [],
				remedy: codeProtocols.includes('TLSv1.2')
					? schannelSteps(machine)
					: [{kind: 'program', command: 'let the program name TLS 1.2 in WINHTTP_OPTION_SECURE_PROTOCOLS, or not set it'}],
			};
		}

		const mask = maskOf(machine, bits);
		return {
			request: {kind: 'mask', versions: mask.versions, isDefaultDocumented: isBeforeEightOne(machine)},
			facts: mask.facts,
			doubts: mask.doubts,
			remedy: steps(machine, bits, mask),
		};
	},
} satisfies ClientKind;

type Mask = {readonly versions: readonly VersionName[]; readonly facts: readonly Fact[]; readonly doubts: readonly Doubt[]};

const isBeforeEightOne = ({os}: Machine): boolean => os.build < builds.eightOne;

/** The update without which the value means nothing. */
const updateFor = ({os}: Machine): string | undefined =>
	os.name === 'windows-server-2008' ? 'KB4019276' : os.build >= builds.seven && os.build < builds.eightOne ? 'KB3140245' : undefined;

const keyOf = (machine: Machine, bits: 32 | 64): string =>
	viewOf('Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp', bits, machine);

function maskOf(machine: Machine, bits: 32 | 64): Mask {
	const key = keyOf(machine, bits);
	const value = readDword(machine.registry, key, valueName);
	const update = updateFor(machine);
	const isMissing = update !== undefined && !machine.updates.has(update);
	const hasValue = value.kind === 'number' && !isMissing && machine.os.build >= builds.vista && machine.os.name !== 'windows-vista';
	if (hasValue) {
		const versions = versionsOfMask(value.number);
		return {
			versions,
			facts: [
				fact(`${valueName} is 0x${value.number.toString(16).toUpperCase()} in ${key}: ${protocolsInWords(versions)}`, 'W-HTTP', 'MEM'),
			],
			doubts: [],
		};
	}

	const shipped = defaultMask(machine);
	const because = {
		absent: `${valueName} is absent in ${key}`,
		'other-type': `${valueName} in ${key} is a ${value.kind === 'other-type' ? typeName(value.value) : ''}, not a REG_DWORD, and counts as absent`,
		number: `${valueName} in ${key} is not read without ${update ?? 'an update that exists'}`,
	}[value.kind];
	const missing = isMissing ? [fact(`${update} is not given and counts as not installed`, 'KB3140245', 'W-HTTP')] : [];
	return {
		versions: shipped.versions,
		facts: [
			fact(because, 'W-HTTP'),
			...missing,
			fact(`WinHTTP of ${machine.os.title} then names ${protocolsInWords(shipped.versions)}`, 'W-HTTP', 'MEM'),
		],
		doubts: [
			...shipped.doubts,
			...(value.kind === 'other-type' ? [doubt('low', `how WinHTTP reads ${valueName} of another type is not documented`)] : []),
		],
	};
}

function defaultMask(machine: Machine): Pick<Mask, 'versions' | 'doubts'> {
	const {os} = machine;
	if (os.build < builds.eightOne) {
		return {versions: ['SSLv3', 'TLSv1.0'], doubts: []};
	}

	if (os.build >= builds.server2022) {
		const doubts = os.isServer
			? [doubt('medium', `the default is documented for Windows 11; ${os.title} is taken to be the same`, 'W-HTTP')]
			: [];
		return {versions: ['TLSv1.2', 'TLSv1.3'], doubts};
	}

	return hasDroppedOldVersions(machine)
		? {
				versions: ['TLSv1.2'],
				doubts: [
					doubt(
						'medium',
						'updates since 2022-09-20 remove TLS 1.0 and 1.1 from the default; the text on the option still has them',
						'KB5017811',
						'W-DEP',
						'W-HTTP',
					),
				],
			}
		: {versions: ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'], doubts: []};
}

function steps(machine: Machine, bits: 32 | 64, {versions}: Mask): readonly Step[] {
	if (isHopeless(machine)) {
		return [upgrade(machine)];
	}

	const key = keyOf(machine, bits);
	const wanted = {[valueName]: documentedMask};
	const system = schannelSteps(machine);
	const update = updateFor(machine);
	if (update !== undefined && !machine.updates.has(update)) {
		const own: Step = {kind: 'update', update};
		return [own, ...allValues(key, wanted), ...system.filter(({kind}) => kind !== 'update')];
	}

	return isGoodMask(versions) ? system.filter(step => !('isAdvised' in step)) : [...valuesToSet(machine, key, wanted), ...system];
}
