import {DecodeError} from '../../bytes/decode-error.js';
import {readClientHello} from '../read-client-hello.js';
import type {OwnOffer} from './completion.js';

/** What a library offered: its hello says. Undefined where that is not whole. */
export function offerOf(sent: Uint8Array): OwnOffer | undefined {
	try {
		const {cipherSuites, groups = []} = readClientHello(sent);
		return {cipherSuites, groups};
	} catch (error) {
		if (error instanceof DecodeError) {
			return undefined;
		}

		throw error;
	}
}
