import {builds} from '../../clients/windows/versions.js';
import type {VersionName} from '../../iana/versions.js';
import type {ServerJudgement, ServerKind} from '../rules/server-kind.js';
import {type Doubt, doubt, fact} from '../sources.js';

/** Since Windows 8 it takes what SChannel has on; on Windows 7 and Server 2008 R2 an update teaches it more than TLS 1.0. KB3080079. */
export default {
	name: 'rdp',
	title: 'Remote Desktop',
	judge({os, updates}, states): ServerJudgement {
		const isSeven = os.build >= builds.seven && os.build < builds.eight;
		const isMissing = isSeven && !updates.has('KB3080079');
		if (os.build >= builds.eight || (isSeven && !isMissing)) {
			const has13 = states['TLSv1.3'].state === 'enabled';
			return {
				versions: later,
				facts: [],
				doubts: has13 ? [doubt('medium', 'whether Remote Desktop accepts TLS 1.3 is not documented')] : [],
				consequences: [],
				updates: [],
			};
		}

		const reason = isMissing
			? fact(
					`Remote Desktop of ${os.title} accepts only TLS 1.0 before KB3080079, which is not given and counts as not installed`,
					'KB3080079',
				)
			: fact(`Remote Desktop of ${os.title} accepts only TLS 1.0`);
		const age: readonly Doubt[] = isMissing ? [] : [doubt('low', 'whether an update adds later versions is not documented')];
		const isUnreachable = states['TLSv1.0'].state !== 'enabled';
		return {
			versions: ['TLSv1.0'],
			facts: [reason],
			doubts: os.build < builds.vista ? [] : age,
			consequences: isUnreachable
				? [
						fact(
							'TLS 1.0 is off for servers, so Remote Desktop cannot be reached if it requires TLS; keep a console session until this is fixed',
							'KB3080079',
						),
					]
				: [],
			updates: isMissing ? [{kind: 'update', update: 'KB3080079'}] : [],
		};
	},
} satisfies ServerKind;

const later: readonly VersionName[] = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
