import {type ApacheDirective, lastOf} from './apache-syntax.js';
import {byName} from './by-name.js';
import {type ConfiguredDemand, demandsOf, type Statement, statedByCommands} from './configured-demands.js';
import {otherCommandsIn} from './openssl-commands.js';

type Block = readonly ApacheDirective[];

/** What counts in a virtual host, or in the server itself, in the order in which httpd applies it. */
export const blocksOf = (block: Block, server: Block): readonly Block[] => (block === server ? [server] : [server, block]);

/** The last `SSLCipherSuite` that fits, of the virtual host or else of the server. */
function listOf(block: Block, server: Block, fits: (args: readonly string[]) => boolean): Statement | undefined {
	const directive = blocksOf(block, server)
		.map(one =>
			byName(one)
				.get('sslciphersuite')
				?.findLast(({args}) => fits(args)),
		)
		.findLast(found => found !== undefined);
	const text = directive?.args.at(-1);
	return text === undefined ? undefined : {text, statedAt: `${directive!.place}: SSLCipherSuite`};
}

/** The cipher list for versions before TLS 1.3. */
export const cipherListOf = (block: Block, server: Block): Statement | undefined =>
	listOf(block, server, args => args.length === 1 || args[0]?.toLowerCase() === 'ssl');

/** What a virtual host, or the server itself, states about cipher suites, groups and signature schemes. */
export function demandsBy(block: Block, server: Block, notes: string[]): readonly ConfiguredDemand[] {
	const ciphers = cipherListOf(block, server);
	const order = lastOf(block, 'sslhonorcipherorder') ?? lastOf(server, 'sslhonorcipherorder');
	const commands = blocksOf(block, server).flatMap(one => otherCommandsIn(one, 'sslopensslconfcmd'));
	return demandsOf(
		{
			// httpd adds these words to every list.
			ciphers: ciphers && {...ciphers, text: `${ciphers.text}:!aNULL:!eNULL:!EXP`},
			ciphersuites: listOf(block, server, args => args.length > 1 && args[0]?.toLowerCase() === 'tlsv1.3'),
			order: order && {
				side: order.args[0]?.toLowerCase() === 'on' ? 'server' : 'client',
				statedAt: `${order.place}: SSLHonorCipherOrder`,
			},
			...statedByCommands(
				commands.map(({place, args: [name = '', value = '']}) => ({name, value, statedAt: `${place}: SSLOpenSSLConfCmd ${name}`})),
			),
		},
		notes,
	);
}
