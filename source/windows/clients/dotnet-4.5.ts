import {needsNoSetting} from '../../clients/windows/versions.js';
import type {ClientKind} from '../rules/client-kind.js';
import {judgeFramework} from '../rules/framework.js';
import {doubt} from '../sources.js';

/** A program built for .NET 4.0 to 4.5.2, whatever version runs it. */
export default {
	name: 'dotnet-4.5',
	title: '.NET 4.0 to 4.5.2',
	bits: 'both',
	judge(machine, bits) {
		const judgement = judgeFramework(machine, bits, '4.5');
		const isShort = judgement.request.kind === 'named' && !judgement.request.versions.includes('TLSv1.2');
		if (!needsNoSetting(machine.os) || !isShort || judgement.decidedBy === 'code') {
			return judgement;
		}

		const text = `according to the .NET source, the version that a program was built for decides on every Windows; an article says that ${machine.os.title} needs no setting`;
		return {...judgement, doubts: [...judgement.doubts, doubt('medium', text, 'SPM-CFG', 'SEED')]};
	},
} satisfies ClientKind;
