import {fullKey} from './value.js';

/** "Access is denied" in the languages that Windows speaks, as far as code pages leave them readable. */
export const deniedAccess: RegExp = new RegExp(
	[
		'access is denied',
		'zugriff verweigert',
		'acc.{1,2}s refus',
		'acceso denegado',
		'accesso negato',
		'acesso negado',
		'toegang geweigerd',
		'.{1,2}tkomst nekad',
		'adgang n.{1,2}gtet',
		'ingen tilgang',
		'k.{1,2}ytt.{1,2} estetty',
		'odmowa dost.{1,2}pu',
		'p.{1,2}.{1,2}stup byl odep',
		'a hozz.{1,2}f.{1,2}r.{1,2}s megtagadva',
		'eri.{1,2}im engellendi',
		'отказано в доступе',
		'відмовлено в доступі',
		'アクセスが拒否されました',
		'拒绝访问',
		'存取被拒',
		'액세스가 거부',
	].join('|'),
	'iu',
);

/** The key of a command line `reg query KEY ...`, as a console shows it behind its prompt, or undefined. */
export function queriedKey(words: string): string | undefined {
	const asked = /\breg(?:\.exe)?\s+query\s+(?:"(?<quoted>[^"]+)"|(?<bare>\S+))/i.exec(words)?.groups;
	return asked === undefined ? undefined : fullKey(asked.quoted ?? asked.bare!);
}
