import test from 'ava';
import {azure} from '../../source/policy/services/azure.js';
import {type AzureService, clouds} from '../../source/policy/services/azure-service.js';
import {azureServiceOf} from '../../source/policy/services/find-azure-service.js';

for (const [key, service] of Object.entries<AzureService>(azure)) {
	test(`each host of ${key} leads to its day, in each cloud`, t => {
		for (const cloud of clouds) {
			for (const host of service.hosts[cloud] ?? []) {
				const name = host.replaceAll(/\{[^}]*\}/g, 'x').replace(/:\d+$/, '');
				const found = azureServiceOf(name);
				const stated = service.retirements.find(item => item.clouds?.includes(cloud) ?? true);
				t.true(found?.name.startsWith(service.name), name);
				t.deepEqual([found?.since, found?.sure, found?.isOngoing], [stated?.day, stated?.sure, stated?.isOngoing], name);
			}
		}
	});
}

test('a name that no service has, or that is an ending alone, leads to none', t => {
	for (const host of [
		'example.com',
		'windows.net',
		'blob.core.windows.net',
		'myblob.core.windows.net',
		'notlogin.microsoftonline.com',
		'',
		'.',
		'192.0.2.1',
	]) {
		t.is(azureServiceOf(host), undefined, host);
	}
});
