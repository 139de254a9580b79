import {readdirSync} from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import {text} from 'node:stream/consumers';
import test from 'ava';
import {localhostCertificate} from '../../source/bytes/localhost-certificate.js';
import type {Peer} from '../../source/lab/peer.js';
import {peers} from '../../source/lab/peers/index.js';
import {startLab} from '../../source/lab/start-lab.js';
import {tryPeers} from '../../source/lab/try-peers.js';
import {splitOptions} from '../helpers/probe-options.js';

const {options} = splitOptions({toolVersion: '0.0.0'});

const tryOne = async (peer: Peer) => {
	const lab = await startLab([peer]);
	const [pending] = tryPeers(lab, options);
	const trial = await pending!;
	await lab.close();
	return trial;
};

test('the index lists every peer of the folder by the name of its file', t => {
	const files = readdirSync('source/lab/peers').filter(name => name !== 'index.ts');
	t.deepEqual(peers.map(({name}) => `${name}.ts`).toSorted(), files.toSorted());
});

test('what a peer is fits its column', t => {
	t.deepEqual(
		peers.filter(({what}) => what.length > 49).map(({what}) => what),
		[],
	);
});

for (const peer of peers) {
	test(`${peer.name} gets the answer that it was built to get`, async t => {
		const {differences, got, result} = await tryOne(peer);
		t.deepEqual(differences, []);
		t.is(got, peer.expected.verdict);
		t.is(result.recordings[0].report.serverName, `${peer.name}.localhost`);
	});
}

test('the reasons are those that each was built for', async t => {
	const reasonsOf = async (name: string) => {
		const {result} = await tryOne(peers.find(peer => peer.name === name)!);
		return Object.values(result.recordings[0].report.versions).map(({reason}) => reason);
	};

	t.deepEqual(await Promise.all(['schannel', 'silent', 'not-tls', 'tls13-only'].map(reasonsOf)), [
		['reset', 'reset', 'server-hello', 'alert'],
		['silent', 'silent', 'silent', 'silent'],
		['not-tls', 'not-tls', 'not-tls', 'not-tls'],
		['alert', 'alert', 'alert', 'server-hello'],
	]);
});

test('a server that is not what it says is found out', async t => {
	const legacy = peers.find(({name}) => name === 'legacy')!;
	const compliant = peers.find(({name}) => name === 'compliant')!;
	const {differences, got} = await tryOne({...legacy, expected: compliant.expected});
	t.is(got, 'fail');
	t.deepEqual(differences, [
		'TLSv1.0: expected rejected, got accepted',
		'TLSv1.1: expected rejected, got accepted',
		'TLSv1.3: expected accepted, got rejected',
		'verdict: expected pass, got fail',
	]);
});

for (const name of ['legacy', 'mixed', 'compliant', 'tls13-only', 'schannel']) {
	test(`${name} says what it is to a client that trusts its certificate`, async t => {
		const peer = peers.find(item => item.name === name)!;
		const lab = await startLab([peer]);
		const body = await new Promise<string>((resolve, reject) => {
			const {port} = lab.running[0]!;
			const lookUp = {host: '127.0.0.1', port, servername: 'localhost', ca: localhostCertificate().cert, agent: false} as const;
			https.get(lookUp, response => resolve(text(response))).on('error', reject);
		});
		await lab.close();
		t.is(body, `${peer.what}\n`);
	});
}

test('not-tls is a web server all the same', async t => {
	const peer = peers.find(({name}) => name === 'not-tls')!;
	const lab = await startLab([peer]);
	const body = await new Promise<string>((resolve, reject) => {
		http.get({host: '127.0.0.1', port: lab.running[0]!.port, agent: false}, response => resolve(text(response))).on('error', reject);
	});
	await lab.close();
	t.is(body, `${peer.what}\n`);
});
