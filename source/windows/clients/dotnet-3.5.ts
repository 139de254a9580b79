import type {ClientKind} from '../rules/client-kind.js';
import {judgeFramework2} from '../rules/framework-2.js';

export default {
	name: 'dotnet-3.5',
	title: '.NET 2.0 to 3.5',
	bits: 'both',
	judge: judgeFramework2,
} satisfies ClientKind;
