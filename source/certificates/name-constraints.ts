import {derChildren, readDer} from '../bytes/der.js';
import {toHex} from '../bytes/hex.js';
import type {Certificate} from './certificate.js';
import type {NameConstraints} from './extensions.js';
import type {GeneralName} from './general-name.js';

/**
Whether the names of a certificate are within the constraints of an authority above it: none is excluded, and of each kind that has permitted
subtrees, each is in one. RFC 5280 §4.2.1.10.

@throws {DecodeError} If a distinguished name cannot be decoded.
*/
export function isWithinConstraints({subjectName, extensions}: Certificate, {permitted, excluded}: NameConstraints): boolean {
	const subject: GeneralName = {kind: 'directory', name: subjectName};
	// An empty subject is no name. RFC 5280 §4.1.2.6.
	const names = [...(extensions.subjectAltNames ?? []), ...(subjectName.length > 2 ? [subject] : [])];
	return names.every(name => {
		const ofKind = permitted.filter(({kind}) => kind === name.kind);
		return !excluded.some(tree => isIn(name, tree)) && (ofKind.length === 0 || ofKind.some(tree => isIn(name, tree)));
	});
}

function isIn(name: GeneralName, tree: GeneralName): boolean {
	switch (name.kind) {
		case 'dns':
			return tree.kind === 'dns' && isInDomain(name.value, tree.value);
		case 'email':
			return tree.kind === 'email' && isMailboxIn(name.value, tree.value);
		case 'uri':
			return tree.kind === 'uri' && isHostIn(/^[^:]+:\/\/(?:[^/@]*@)?([^/:?#]+)/.exec(name.value)?.[1] ?? '', tree.value);
		case 'ip':
			return tree.kind === 'ip' && isInNetwork(name.bytes, tree.bytes);
		case 'directory':
			return tree.kind === 'directory' && startsWithName(name.name, tree.name);
		case 'other':
			// A kind that is not known here: nothing is permitted by it, and everything excluded.
			return false;
		default:
			return name satisfies never;
	}
}

/** The domain itself and everything below it. With a dot in front, which RFC 5280 does not have for names, only what is below. */
function isInDomain(host: string, tree: string): boolean {
	const [name, domain] = [host.toLowerCase(), tree.toLowerCase()];
	return domain === '' || name === domain || name.endsWith(domain.startsWith('.') ? domain : `.${domain}`);
}

/** With a dot in front everything below it, else that host alone. */
const isHostIn = (host: string, tree: string): boolean =>
	tree.startsWith('.') ? host.toLowerCase().endsWith(tree.toLowerCase()) : host.toLowerCase() === tree.toLowerCase();

const isMailboxIn = (mailbox: string, tree: string): boolean =>
	tree.includes('@') ? mailbox.toLowerCase() === tree.toLowerCase() : isHostIn(mailbox.slice(mailbox.lastIndexOf('@') + 1), tree);

/** An address and its mask, one behind the other. */
const isInNetwork = (address: Uint8Array, tree: Uint8Array): boolean =>
	tree.length === 2 * address.length &&
	address.every((byte, index) => (byte & tree[address.length + index]!) === (tree[index]! & tree[address.length + index]!));

/** The tree's relative names are the first of the name. */
function startsWithName(name: Uint8Array, tree: Uint8Array): boolean {
	const [parts, first] = [relativeNames(name), relativeNames(tree)];
	return first.every((part, index) => part === parts[index]);
}

/** In a form in which those are equal that differ in case and type of string alone. */
const relativeNames = (name: Uint8Array): readonly string[] =>
	derChildren(readDer(name)).map(set =>
		derChildren(set)
			.map(attribute => {
				const [type, value] = derChildren(attribute);
				const text = Buffer.from(value?.contents ?? []).toString('latin1');
				return `${toHex(type?.contents ?? new Uint8Array())}=${text.trim().toLowerCase().replaceAll(/ +/g, ' ')}`;
			})
			.toSorted()
			.join('+'),
	);
