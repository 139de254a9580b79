import {type ConfiguredDemand, demandsOf, statedByCommands} from './configured-demands.js';
import {blockOfCommands, type NginxServer, statementOf} from './nginx-server.js';
import {otherCommandsIn} from './openssl-commands.js';

/** What a server states about cipher suites, groups and signature schemes. */
export function demandsBy(server: NginxServer, notes: string[]): readonly ConfiguredDemand[] {
	const curves = statementOf(server, 'ssl_ecdh_curve');
	const order = statementOf(server, 'ssl_prefer_server_ciphers');
	const commands = otherCommandsIn(blockOfCommands(server), 'ssl_conf_command');
	return demandsOf(
		{
			ciphers: statementOf(server, 'ssl_ciphers'),
			groups: curves?.text === 'auto' ? undefined : curves,
			order: order && {side: order.text === 'on' ? 'server' : 'client', statedAt: order.statedAt},
			...statedByCommands(
				commands.map(({place, args: [name = '', value = '']}) => ({name, value, statedAt: `${place}: ssl_conf_command ${name}`})),
			),
		},
		notes,
	);
}
