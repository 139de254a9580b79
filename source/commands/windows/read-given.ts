import {nearest} from '../../bytes/nearest.js';
import {type WindowsVersion, windowsVersions} from '../../clients/windows/versions.js';
import {type Architecture, type GivenFacts, type ProgramSettings, type SwitchName, switchNames} from '../../windows/machine.js';
import {parseOperatingSystem} from '../../windows/operating-systems.js';
import {UsageError} from '../command.js';
import {readVersions} from '../read-values.js';

/** What is said on the command line of what files do not say. */
type Flags = {
	readonly os?: string | undefined;
	readonly update: readonly string[];
	readonly arch?: string | undefined;
	readonly codeProtocols?: string | undefined;
	readonly switch: readonly string[];
};

export const readGiven = (values: Flags): GivenFacts => ({
	os: values.os === undefined ? undefined : readOs(values.os),
	updates: values.update.flatMap(text => text.split(',')).map(readUpdate),
	architecture: readArchitecture(values.arch),
	program: readProgram(values),
});

export const osNames = windowsVersions.map(({name}) => name).join(', ');

function readOs(text: string): WindowsVersion {
	const os = parseOperatingSystem(text);
	if (os === undefined) {
		const generation = /^(?:windows|win)?[ -]?(1[01])\b/i.exec(text.trim())?.[1];
		if (generation !== undefined) {
			const releases = windowsVersions.map(({name}) => name).filter(name => name.startsWith(`windows-${generation}-`));
			throw new UsageError(`--os ${JSON.stringify(text)} does not contain the release that winver shows: ${releases.join(', ')}`);
		}

		const meant = nearest(
			text.toLowerCase().replaceAll(' ', '-'),
			windowsVersions.map(({name}) => name),
		);
		throw new UsageError(
			`--os ${JSON.stringify(text)} is not a known version of Windows; ${meant === undefined ? '' : `did you mean ${meant}? `}names: ${osNames}`,
		);
	}

	return os;
}

function readUpdate(text: string): string {
	const digits = /^\s*(?:KB)?(\d{5,8})\s*$/i.exec(text)?.[1];
	if (digits === undefined) {
		throw new UsageError(`--update takes the number of an update, such as KB3140245, not ${JSON.stringify(text)}`);
	}

	return `KB${digits}`;
}

function readArchitecture(given: string | undefined): Architecture | undefined {
	const text = given?.toLowerCase();
	if (text !== undefined && text !== 'x86' && text !== 'x64') {
		throw new UsageError(`--arch takes x86 or x64, not ${JSON.stringify(given)}`);
	}

	return text;
}

function readProgram(values: Flags): ProgramSettings {
	return {
		codeProtocols: values.codeProtocols === undefined ? undefined : readVersions([values.codeProtocols], '--code-protocols'),
		switches: Object.fromEntries(values.switch.map(readSwitch)),
	};
}

function readSwitch(text: string): [SwitchName, boolean] {
	const [name = '', value = ''] = text.split('=', 2);
	const known = switchNames.find(
		item => item.toLowerCase() === name.trim().toLowerCase() || item.toLowerCase().endsWith(`.${name.trim().toLowerCase()}`),
	);
	if (known === undefined || !/^(?:true|false)$/i.test(value.trim())) {
		throw new UsageError(
			`--switch takes ${switchNames.map(item => `${item.split('.').at(-1)}=true`).join(' or ')}, or =false, not ${JSON.stringify(text)}`,
		);
	}

	return [known, value.trim().toLowerCase() === 'true'];
}
