import type {ClientKind} from '../rules/client-kind.js';
import {judgeFramework} from '../rules/framework.js';

export default {
	name: 'dotnet-4.6',
	title: '.NET 4.6 to 4.6.2',
	bits: 'both',
	judge: (machine, bits) => judgeFramework(machine, bits, '4.6'),
} satisfies ClientKind;
