import type {HelloExtensions, HelloSpec} from '../../exchange/hello-spec.js';
import type {GreasePlace} from './finding.js';

/** A reserved value. The second extension needs another one. RFC 8701 §2. */
const grease = 0x2a_2a;
const longGrease = 0x3a_3a;

/** As a name of two bytes. */
const greaseName = '**';

/** A length that a server with a small fixed buffer does not expect. */
const longBody = '2a'.repeat(200);

/** Values of one byte. RFC 8701 §2. */
const [greaseMode, greaseMethod] = [0x2a, 0x2a];

const [tls12, tls13] = [0x03_03, 0x03_04];

/** Sent after the GREASE name, so that ALPN does not fail because the server knows none of the protocols. */
const protocols = ['http/1.1', 'h2'];

export const isGrease = (code: number | undefined): boolean =>
	code !== undefined && (code & 0x0f_0f) === 0x0a_0a && code >> 8 === (code & 0xff);

/** How a value is put in one place of a hello, and how the control of that hello is made. */
type Filling = {
	readonly place: GreasePlace;
	/** Whether a hello for this version has the place. */
	readonly isIn: (version: number) => boolean;
	readonly fill: (hello: HelloSpec) => HelloSpec;
	readonly control?: (hello: HelloSpec) => HelloSpec;
};

const withExtensions = (hello: HelloSpec, more: Partial<HelloExtensions>): HelloSpec => ({
	...hello,
	extensions: {...hello.extensions!, ...more},
});

const always = (): boolean => true;
const is13 = (version: number): boolean => version === tls13;

const fillings: readonly Filling[] = [
	{place: 'cipher-suite', isIn: always, fill: hello => ({...hello, cipherSuites: [grease, ...hello.cipherSuites]})},
	{
		place: 'extension',
		isIn: always,
		fill: hello =>
			withExtensions(hello, {
				others: [...(hello.extensions!.others ?? []), {type: grease, body: ''}, {type: longGrease, body: longBody}],
			}),
	},
	{place: 'group', isIn: always, fill: hello => withExtensions(hello, {groups: [grease, ...hello.extensions!.groups]})},
	{
		place: 'key-share',
		isIn: is13,
		// A share is only for a group of the list. RFC 9846 §4.3.8.
		fill: ({extensions, ...hello}) => ({
			...hello,
			extensions: {
				...extensions!,
				groups: [grease, ...extensions!.groups.filter(code => code !== grease)],
				keyShares: [grease, ...extensions!.keyShares],
			},
		}),
	},
	{
		place: 'signature-scheme',
		isIn: version => version >= tls12,
		fill: hello => withExtensions(hello, {signatureSchemes: [grease, ...hello.extensions!.signatureSchemes]}),
	},
	{
		place: 'version',
		isIn: version => version >= tls12,
		// A hello for TLS 1.3 names that version itself.
		fill: hello => withExtensions(hello, {supportedVersions: [grease, ...(hello.version === tls13 ? [] : [hello.version])]}),
	},
	{
		place: 'alpn',
		isIn: always,
		fill: hello => withExtensions(hello, {alpn: [greaseName, ...protocols]}),
		control: hello => withExtensions(hello, {alpn: protocols}),
	},
	{place: 'psk-mode', isIn: is13, fill: hello => withExtensions(hello, {pskModes: [greaseMode, 1]})},
	// In TLS 1.3 the list has to be the one method, none. RFC 9846 §4.2.2.
	{place: 'compression-method', isIn: version => !is13(version), fill: hello => ({...hello, compressionMethods: [0, greaseMethod]})},
];

/** A hello with such values, and the same one without them. */
export type GreasedHello = {readonly place: GreasePlace; readonly hello: HelloSpec; readonly control: HelloSpec};

/**
A hello for each place.

@param base - A hello that is accepted, with extensions.
@param hasOwnAlpn - Whether the protocols of ALPN are the user's: they are left as they are.
*/
export const greasedHellos = (base: HelloSpec, hasOwnAlpn: boolean): readonly GreasedHello[] =>
	fillingsFor(base, hasOwnAlpn).map(({place, fill, control}) => ({
		place,
		hello: {...fill(base), shape: `grease-${place}`},
		control: control === undefined ? base : {...control(base), shape: 'grease-control'},
	}));

/** One hello with such a value in every place. */
export const greasedEverywhere = (base: HelloSpec, hasOwnAlpn: boolean): Omit<GreasedHello, 'place'> => {
	const all = fillingsFor(base, hasOwnAlpn);
	return {
		hello: {...all.reduce((hello, {fill}) => fill(hello), base), shape: 'grease'},
		control: {...all.reduce((hello, {control}) => (control === undefined ? hello : control(hello)), base), shape: 'grease-control'},
	};
};

const fillingsFor = ({version}: HelloSpec, hasOwnAlpn: boolean): readonly Filling[] =>
	fillings.filter(({place, isIn}) => isIn(version) && !(hasOwnAlpn && place === 'alpn'));
