import {builds} from '../../clients/windows/versions.js';
import type {ClientKind} from '../rules/client-kind.js';
import {protocolsInWords} from '../rules/offer.js';
import {schannelSteps} from '../rules/remedies.js';
import {fact} from '../sources.js';

/** A program on .NET Core 2.1 or later, PowerShell 6 and 7 among them. It reads none of the values of .NET Framework. */
export default {
	name: 'dotnet-5',
	title: '.NET 5 and later, .NET Core, PowerShell 7',
	bits: 'any',
	since: builds.seven,
	judge(machine) {
		const {codeProtocols} = machine.program;
		if (codeProtocols === undefined) {
			const reason = fact(
				'.NET 5 and later leaves the choice to SChannel, with strong cryptography, and reads nothing below SOFTWARE\\Microsoft\\.NETFramework',
				'NET-PAL',
			);
			return {
				request: {kind: 'system', withoutSsl: true},
				isStrong: true,
				facts: [reason],
				doubts: [],
				remedy: schannelSteps(machine),
			};
		}

		return {
			request: {kind: 'named', versions: codeProtocols},
			isStrong: true,
			facts: [fact(`the program's code sets its versions to ${protocolsInWords(codeProtocols)}`, 'NET-PAL')],
			doubts: [],
			remedy: codeProtocols.includes('TLSv1.2')
				? schannelSteps(machine)
				: [
						{
							kind: 'program',
							command: 'remove the setting of SslProtocols (in PowerShell 7, -SslProtocol) from the program, or add Tls12 to it',
						},
					],
		};
	},
} satisfies ClientKind;
