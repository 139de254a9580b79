import {builds} from '../../clients/windows/versions.js';
import type {VersionName} from '../../iana/versions.js';
import {hasDroppedOldVersions, type Machine} from '../machine.js';
import {lookUp, readDword} from '../registry.js';
import type {Step} from '../remedy/step.js';
import type {ClientKind, KindJudgement} from '../rules/client-kind.js';
import {protocolsInWords} from '../rules/offer.js';
import {documentedMask, isGoodMask, versionsOfMask} from '../rules/protocol-mask.js';
import {isHopeless, schannelSteps, upgrade, valuesToSet} from '../rules/remedies.js';
import {type Doubt, doubt, fact} from '../sources.js';

const valueName = 'SecureProtocols';
const userKey = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
/** Of the machine, which goes before the user's. */
const policyKey = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const userPolicyKey = 'HKCU\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

/** Internet Explorer and programs on WinINET, for the user whose settings the files show. */
export default {
	name: 'wininet',
	title: 'WinINET, Internet Explorer',
	bits: 'any',
	judge(machine) {
		for (const key of [policyKey, userPolicyKey, userKey]) {
			const value = readDword(machine.registry, key, valueName);
			if (value.kind === 'number') {
				const versions = versionsOfMask(value.number);
				const mask = `0x${value.number.toString(16).toUpperCase()}`;
				return {
					request: {kind: 'named', versions},
					facts: [fact(`${valueName} is ${mask} in ${key}: ${protocolsInWords(versions)}`)],
					doubts: [bitsDoubt],
					remedy: steps(machine, versions, key),
				};
			}
		}

		const shipped = defaultOf(machine);
		return {
			request: {kind: 'named', versions: shipped.versions},
			facts: [fact(`${valueName} is absent in ${policyKey}, ${userPolicyKey} and ${userKey}`)],
			doubts: shipped.doubts,
			...(shipped.isOpen ? {isOpen: true} : {}),
			remedy: shipped.isOpen ? steps(machine, [], userKey) : steps(machine, shipped.versions, userKey),
		};
	},
} satisfies ClientKind;

const bitsDoubt = doubt('medium', 'the bits of the mask are documented for WinHTTP, and taken to be the same for WinINET', 'W-HTTP');

type Default = Pick<KindJudgement, 'isOpen'> & {readonly versions: readonly VersionName[]; readonly doubts: readonly Doubt[]};

const old: readonly VersionName[] = ['SSLv3', 'TLSv1.0'];
const upTo12: readonly VersionName[] = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'];

/** What Internet Explorer of this Windows was seen to offer. */
function defaultOf(machine: Machine): Default {
	const {os} = machine;
	if (os.build < builds.seven) {
		return {versions: old, doubts: []};
	}

	if (os.build < builds.eightOne) {
		const major = explorerVersion(machine);
		if (major === 11) {
			return {
				versions: upTo12,
				doubts: [doubt('medium', 'Internet Explorer 11 was seen to offer TLS 1.2 on Windows 7 by default', 'TESTSSL')],
			};
		}

		return major === undefined
			? {
					versions: old,
					isOpen: true,
					doubts: [
						doubt(
							'low',
							'Internet Explorer 8 to 10 do not offer TLS 1.2, 11 does; the files do not say which it is',
							'ENTRA-TLS',
							'TESTSSL',
						),
					],
				}
			: {versions: old, doubts: [doubt('medium', `Internet Explorer ${major} does not offer TLS 1.2 by default`, 'ENTRA-TLS', 'TESTSSL')]};
	}

	if (os.build >= builds.server2022) {
		return {
			versions: ['TLSv1.2', 'TLSv1.3'],
			doubts: [
				doubt('medium', 'the default is documented for WinHTTP of Windows 11, and taken to be the same for WinINET', 'W-HTTP', 'W-DEP'),
			],
		};
	}

	return hasDroppedOldVersions(machine)
		? {
				versions: ['TLSv1.2'],
				doubts: [doubt('medium', 'updates since 2022-09-20 remove TLS 1.0 and 1.1 from the default', 'KB5017811', 'W-DEP')],
			}
		: {versions: upTo12, doubts: [doubt('medium', 'the default is from recorded hellos of Internet Explorer 11', 'TESTSSL')]};
}

function explorerVersion({registry}: Machine): number | undefined {
	for (const name of ['svcVersion', 'Version']) {
		const value = lookUp(registry, 'HKLM\\SOFTWARE\\Microsoft\\Internet Explorer', name);
		const major = value?.type === 'REG_SZ' ? Number.parseInt(value.text, 10) : Number.NaN;
		if (major >= 7) {
			// Since 10 the true version is in svcVersion, and Version says 9.
			return major;
		}
	}

	return undefined;
}

function steps(machine: Machine, versions: readonly VersionName[], key: string): readonly Step[] {
	if (isHopeless(machine)) {
		return [upgrade(machine)];
	}

	const own = isGoodMask(versions) ? [] : valuesToSet(machine, key, {[valueName]: documentedMask});
	const policy: readonly Step[] =
		key !== userKey && own.length > 0
			? [
					{
						kind: 'program',
						command: 'change "Turn off encryption support" in Group Policy too; otherwise the policy restores the old value',
					},
				]
			: [];
	return [...schannelSteps(machine).filter(step => !('isAdvised' in step)), ...own, ...policy];
}
