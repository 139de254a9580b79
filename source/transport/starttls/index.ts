import type {StartTls} from '../starttls.js';
import amqp from './amqp.js';
import ftp from './ftp.js';
import http from './http.js';
import imap from './imap.js';
import irc from './irc.js';
import ldap from './ldap.js';
import lmtp from './lmtp.js';
import mysql from './mysql.js';
import nats from './nats.js';
import nntp from './nntp.js';
import nut from './nut.js';
import pop3 from './pop3.js';
import postgres from './postgres.js';
import rdp from './rdp.js';
import sieve from './sieve.js';
import smtp from './smtp.js';
import tds from './tds.js';
import telnet from './telnet.js';
import vnc from './vnc.js';
import xmpp from './xmpp.js';
import xmppServer from './xmpp-server.js';

/** Every STARTTLS protocol, in the order of the help. */
const all = [
	smtp,
	lmtp,
	imap,
	pop3,
	ftp,
	ldap,
	xmpp,
	xmppServer,
	nntp,
	sieve,
	irc,
	postgres,
	mysql,
	rdp,
	tds,
	vnc,
	nats,
	amqp,
	telnet,
	http,
	nut,
] as const;

export type StartTlsName = (typeof all)[number]['name'];

export const startTlsProtocols: readonly (StartTls & {readonly name: StartTlsName})[] = all;

export const startTlsNames: readonly StartTlsName[] = all.map(({name}) => name);

/** @param choice - A name, or `auto` for the usual protocol of the port; undefined if it has none. */
export const findStartTls = (choice: StartTlsName | 'auto', port: number): (StartTls & {readonly name: StartTlsName}) | undefined =>
	startTlsProtocols.find(({name, ports}) => (choice === 'auto' ? ports.includes(port) : name === choice));
