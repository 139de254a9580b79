import type {Row} from './row.js';

export const judged: readonly Row[] = [
	{
		feature: 'old and new clients, by name',
		server: 'modern',
		truth: 'Internet Explorer 6 fails, Java 17 connects',
		tells: {
			tlsprobe: /fails\s+Internet Explorer 6[\s\S]*connects\s+Java 17/,
			'testssl.sh': /IE 6 XP\s+No connection[\s\S]*Java 17.*TLSv1\.3/,
		},
		note: 'in tlsprobe this is a separate command, `tlsprobe clients`. testssl.sh shows the table in its usual run',
	},
	{
		feature: 'a grade',
		server: 'weak',
		truth: 'given',
		tells: {tlsprobe: /^\s+SSL Labs\s+\S/m, nmap: /least strength: F/},
		note: 'testssl.sh 3.2 gives one, 3.0 does not. nmap grades suites. sslyze compares a server with the guideline of Mozilla (`--mozilla_config`), as tlsprobe does with `--policy mozilla-intermediate`',
	},
	{
		feature: 'GREASE, long hellos and future versions',
		server: 'modern',
		truth: 'tolerated',
		tells: {tlsprobe: /accepted\s+GREASE, future versions, sizes of the hello/},
		note: 'testssl.sh has `-g`, which its usual run does not do',
	},
	{
		feature: 'fingerprints: JARM, JA3S',
		server: 'modern',
		truth: 'shown',
		tells: {tlsprobe: /JARM\s+[0-9a-f]{62}/},
	},
];
