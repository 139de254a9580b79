import type {Codec} from './codec.js';

/** The message an extension stands in: some bodies differ by it. RFC 9846 §4.3. */
export type ExtensionContext = 'clientHello' | 'serverHello' | 'helloRetryRequest';

/** How an extension's body is laid out in each message it may stand in. */
export type ExtensionBody<ClientHello = unknown, ServerHello = unknown, HelloRetryRequest = unknown> = {
	readonly type: number;
	readonly clientHello?: Codec<ClientHello>;
	readonly serverHello?: Codec<ServerHello>;
	readonly helloRetryRequest?: Codec<HelloRetryRequest>;
};
