/**
Signs executables for macOS ad hoc: macOS on ARM runs nothing without a signature, and putting the command inside removes that of Node.js. No certificate is needed, and none vouches for who made the file: macOS still asks before it runs a file that a browser loaded.
*/
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

/** Apple's own program, and one that runs everywhere: https://github.com/anchore/quill. */
const signers = [
	{command: 'codesign', platforms: ['darwin'], argv: file => ['--force', '--sign', '-', '--identifier', 'tlsprobe', file]},
	// It writes more words than we want to show.
	{
		command: 'quill',
		platforms: [process.platform],
		argv: file => ['sign', '--quiet', '--ad-hoc', '--identity', 'tlsprobe', path.resolve(file)],
	},
];

/**
@returns {Promise<string>} Whether it is signed, in words.
@throws {Error} If the signer fails, or its signature does not cover the file.
*/
export async function sign(file) {
	const signer = signers.find(({command, platforms}) => platforms.includes(process.platform) && !isMissing(command));
	if (signer === undefined) {
		return 'not signed: quill is not installed';
	}

	const {status, stderr} = spawnSync(signer.command, signer.argv(file), {encoding: 'utf8'});
	if (status !== 0) {
		throw new Error(`${signer.command} ended with ${status}\n${stderr}`);
	}

	checkSignature(await readFile(file));
	return 'signed ad hoc';
}

const isMissing = command => spawnSync(command, ['--version'], {stdio: 'ignore'}).error?.code === 'ENOENT';

/** Names of Apple's headers, `mach-o/loader.h` and `kern/cs_blobs.h`. */
const MH_MAGIC_64 = 0xfeedfacf;
const LC_CODE_SIGNATURE = 0x1d;
const CSMAGIC_EMBEDDED_SIGNATURE = 0xfade0cc0;
const CSMAGIC_CODEDIRECTORY = 0xfade0c02;
const CS_ADHOC = 0x2;
const CS_HASHTYPE_SHA256 = 2;

/**
Whether a signature covers each page of a program, from its first byte to the signature itself.

@param {Buffer} bytes - A Mach-O file of 64 bits for one processor.
@throws {Error} If it does not.
*/
export function checkSignature(bytes) {
	const start = signatureStart(bytes);
	const directory = codeDirectory(bytes.subarray(start));
	const hashesAt = directory.readUInt32BE(16);
	const pages = directory.readUInt32BE(28);
	const pageSize = 2 ** directory[39];
	if ((directory.readUInt32BE(12) & CS_ADHOC) === 0 || directory[37] !== CS_HASHTYPE_SHA256) {
		throw new Error('the signature is not an ad hoc one with SHA-256');
	}

	if (directory.readUInt32BE(32) !== start || pages !== Math.ceil(start / pageSize)) {
		throw new Error('the signature does not cover the whole file');
	}

	for (let page = 0; page < pages; page++) {
		const found = createHash('sha256')
			.update(bytes.subarray(page * pageSize, Math.min((page + 1) * pageSize, start)))
			.digest();
		if (!found.equals(directory.subarray(hashesAt + page * 32, hashesAt + (page + 1) * 32))) {
			throw new Error(`the signature does not cover page ${page}`);
		}
	}
}

/** Where the signature starts. It is the last thing in the file. */
function signatureStart(bytes) {
	if (bytes.readUInt32LE(0) !== MH_MAGIC_64) {
		throw new Error('this is no Mach-O file of 64 bits');
	}

	let at = 32;
	for (let command = 0; command < bytes.readUInt32LE(16); command++) {
		if (bytes.readUInt32LE(at) === LC_CODE_SIGNATURE) {
			return bytes.readUInt32LE(at + 8);
		}

		at += bytes.readUInt32LE(at + 4);
	}

	throw new Error('the file has no signature');
}

function codeDirectory(signature) {
	if (signature.readUInt32BE(0) !== CSMAGIC_EMBEDDED_SIGNATURE) {
		throw new Error('the signature is no list of blobs');
	}

	for (let index = 0; index < signature.readUInt32BE(8); index++) {
		const blob = signature.subarray(signature.readUInt32BE(12 + index * 8 + 4));
		if (blob.readUInt32BE(0) === CSMAGIC_CODEDIRECTORY) {
			return blob;
		}
	}

	throw new Error('the signature has no code directory');
}
