import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'bsi-tr-02102-2',
	title: 'TLS for the German federal administration',
	source: {name: 'BSI TR-02102-2 (2026-01)', url: 'https://www.bsi.bund.de/tr-02102'},
	rules: [
		{rule: 'bsi-tr-02102-2-versions'},
		{rule: 'bsi-tr-02102-2-suites'},
		{rule: 'bsi-tr-02102-2-groups'},
		{rule: 'bsi-tr-02102-2-signature-schemes'},
		{rule: 'bsi-tr-02102-2-certificates'},
		{rule: 'bsi-tr-02102-2-renegotiation'},
		{rule: 'bsi-tr-02102-2-no-client-renegotiation'},
		{rule: 'bsi-tr-02102-2-no-early-data'},
	],
});
