import type {Certificate} from '../../../certificates/certificate.js';
import type {OcspFacts} from '../../../certificates/ocsp-response.js';
import type {Conversation, FetchAsk} from '../../probe.js';
import {together} from '../../taking/together.js';
import type {IssuerRevocation, RevocationReport} from '../identity-report.js';
import {checkRevocation, namesSource} from './check-revocation.js';

export type PathToCheck = {
	readonly leaf: Certificate;
	/** From the server's certificate to the root, as far as it is known. */
	readonly path: readonly Certificate[];
	/** The stapled response, if there is one. */
	readonly staple: OcspFacts | undefined;
	/** Milliseconds since 1970. */
	readonly now: number;
};

/** Check whether the server's certificate or one of its issuers is revoked. All are asked about at the same time. */
export function* checkChain({leaf, path, staple, now}: PathToCheck): Conversation<RevocationReport, FetchAsk> {
	const [, issuer] = path;
	// The last certificate is trusted itself, or its issuer is not known.
	const authorities = path.slice(1, -1);
	const [ofLeaf, ...ofAuthorities] = yield* together([
		checkRevocation({leaf, issuer, staple, now}),
		...authorities.map((authority, index) => checkRevocation({leaf: authority, issuer: path[index + 2], staple: undefined, now})),
	]);
	const issuers = authorities.map((authority, index): IssuerRevocation => {
		const {sha256, subject} = authority;
		return {sha256, subject, ...(namesSource(authority) ? ofAuthorities[index]! : {status: 'not-applicable', fetched: []})};
	});
	return {...ofLeaf!, checkedAt: new Date(now).toISOString(), issuers};
}
