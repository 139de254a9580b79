import {certificates} from './certificates.js';
import {defaults} from './defaults.js';
import {http} from './http.js';
import {judged} from './judged.js';
import {protocols} from './protocols.js';
import type {Section} from './row.js';
import {suites} from './suites.js';
import {vulnerabilities} from './vulnerabilities.js';

/** Everything that is compared by what the tools print of servers. */
export const sections: readonly Section[] = [
	{title: 'Versions and protocols', rows: protocols},
	{title: 'Cipher suites and groups', rows: suites},
	{title: 'Extensions and sessions', rows: defaults},
	{title: 'Certificates', rows: certificates},
	{title: 'HTTP', rows: http},
	{title: 'Vulnerabilities', rows: vulnerabilities},
	{title: 'Clients, grades, robustness', rows: judged},
];
