/** The files of node-forge that are needed: they load in a small part of the time of the whole package, which is what `@types/node-forge` describes. */
declare module 'node-forge/lib/util.js' {
	import {util} from 'node-forge';

	export default util;
}

declare module 'node-forge/lib/pki.js' {
	import {pki} from 'node-forge';

	export default pki;
}

declare module 'node-forge/lib/sha256.js' {
	import {md} from 'node-forge';

	const sha256: typeof md.sha256;
	export default sha256;
}
