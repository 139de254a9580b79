import type {Codec} from './codec.js';

/** The message that contains an extension: some bodies differ by it. RFC 9846 §4.3. */
export type ExtensionContext = 'clientHello' | 'serverHello' | 'helloRetryRequest';

/** The layout of an extension's body in each message that may contain it. */
export type ExtensionBody<ClientHello = unknown, ServerHello = unknown, HelloRetryRequest = unknown> = {
	readonly type: number;
	readonly clientHello?: Codec<ClientHello>;
	readonly serverHello?: Codec<ServerHello>;
	readonly helloRetryRequest?: Codec<HelloRetryRequest>;
};
