import type {ClientKind} from '../rules/client-kind.js';
import {judgeFramework} from '../rules/framework.js';

export default {
	name: 'dotnet-4.7',
	title: '.NET 4.7 and later',
	bits: 'both',
	judge: (machine, bits) => judgeFramework(machine, bits, '4.7'),
} satisfies ClientKind;
