import {helloLength} from '../../exchange/build-hello.js';
import type {LaidOutExtension} from '../../exchange/hello-layout.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';

/** A hello of one client, and the same without what makes it long, as it is and padded to the old length. */
export type Shortened = {
	readonly bytes: number;
	readonly short: HelloSpec;
	readonly shortBytes: number;
	/** As long as the client's own hello: where this is not answered either, the length is why. */
	readonly padded: HelloSpec;
};

/** A segment of TCP holds 1,460 bytes over Ethernet, and less in a tunnel. */
const leastBytes = 1200;

/** Keys of elliptic curves have up to 133 bytes, those of post-quantum groups a thousand and more. */
const mostShareBytes = 200;

/** Some servers hang on hellos of 256 to 511 bytes, which a short form must not run into. RFC 7685 §1. */
const mostAwkwardBytes = 560;

const paddingType = 0x00_15;

/** Leave out of a long hello what makes it long: post-quantum key shares and padding. Undefined where it is not long, or not for that. */
export function shorten(hello: HelloSpec): Shortened | undefined {
	const bytes = helloLength(hello);
	const {layout} = hello;
	if (bytes < leastBytes || layout?.extensions === undefined) {
		return undefined;
	}

	const bare = {...hello, shape: `${hello.shape}-short`, layout: {...layout, extensions: layout.extensions.flatMap(withoutBulk)}};
	const bareBytes = helloLength(bare);
	const short = bareBytes < mostAwkwardBytes ? padTo(bare, bareBytes, mostAwkwardBytes) : bare;
	const shortBytes = Math.max(bareBytes, mostAwkwardBytes);
	return bareBytes < leastBytes
		? {bytes, short, shortBytes, padded: padTo({...bare, shape: `${hello.shape}-padded`}, bareBytes, bytes)}
		: undefined;
}

type LaidOut = HelloSpec & {readonly layout: {readonly extensions: readonly LaidOutExtension[]}};

/** The type and the length of the extension take four bytes. */
function padTo(hello: LaidOut, bytes: number, wantedBytes: number): HelloSpec {
	const padding = {type: paddingType, body: '00'.repeat(Math.max(0, wantedBytes - bytes - 4))};
	return {...hello, layout: {...hello.layout, extensions: [...hello.layout.extensions, padding]}};
}

function withoutBulk(item: LaidOutExtension): LaidOutExtension[] {
	if (!('shares' in item)) {
		return item.type === paddingType ? [] : [item];
	}

	return [{...item, shares: item.shares.filter(({length}) => length <= mostShareBytes)}];
}
