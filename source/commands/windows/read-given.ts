import {parseVersion, type VersionName} from '../../registry/versions.js';
import {type Architecture, type Given, inOrder, type ProgramSettings, type SwitchName, switchNames} from '../../windows/machine.js';
import {type OperatingSystem, operatingSystems, parseOperatingSystem} from '../../windows/operating-systems.js';
import {type Service, services} from '../../windows/services.js';
import {UsageError} from '../command.js';
import {nearest} from '../nearest.js';

/** What is said on the command line of what files do not say. */
type Flags = {
	readonly os?: string | undefined;
	readonly update: readonly string[];
	readonly arch?: string | undefined;
	readonly codeProtocols?: string | undefined;
	readonly switch: readonly string[];
};

export const readGiven = (values: Flags): Given => ({
	os: values.os === undefined ? undefined : readOs(values.os),
	updates: values.update.flatMap(text => text.split(',')).map(readUpdate),
	architecture: readArchitecture(values.arch),
	program: readProgram(values),
});

export const osNames = operatingSystems.map(({name}) => name).join(', ');

function readOs(text: string): OperatingSystem {
	const os = parseOperatingSystem(text);
	if (os === undefined) {
		const meant = nearest(
			text.toLowerCase().replaceAll(' ', '-'),
			operatingSystems.map(({name}) => name),
		);
		throw new UsageError(
			`--os ${JSON.stringify(text)} is none that is known${meant === undefined ? '' : `; did you mean ${meant}?`}; names: ${osNames}`,
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

function readArchitecture(text: string | undefined): Architecture | undefined {
	if (text !== undefined && text !== 'x86' && text !== 'x64') {
		throw new UsageError(`--arch takes x86 or x64, not ${JSON.stringify(text)}`);
	}

	return text;
}

export function readService(name: string | undefined): Service | undefined {
	const service = services.find(item => item.name === name);
	if (name !== undefined && service === undefined) {
		throw new UsageError(`--service takes ${services.map(item => item.name).join(', ')}, not ${JSON.stringify(name)}`);
	}

	return service;
}

function readProgram(values: Flags): ProgramSettings {
	return {
		codeProtocols: values.codeProtocols === undefined ? undefined : inOrder(values.codeProtocols.split(',').map(readProtocol)),
		switches: Object.fromEntries(values.switch.map(readSwitch)),
	};
}

function readProtocol(text: string): VersionName {
	const name = parseVersion(text);
	if (name === undefined) {
		throw new UsageError(`--code-protocols takes versions such as 1.0,1.2 or ssl3, not ${JSON.stringify(text)}`);
	}

	return name;
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
