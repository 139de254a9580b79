import test from 'ava';
import {type ConfigurationRequest, configuredEndpoints} from '../../source/checks/configured-endpoints.js';
import {readConfiguration} from '../../source/commands/checking/read-configuration.js';

const request = (name: string, more: Partial<ConfigurationRequest> = {}): ConfigurationRequest => ({
	...readConfiguration(
		`fixtures/server-configs/${name}`,
		{configType: undefined, configVersion: undefined, configHost: undefined},
		{environment: {}},
	),
	expect: [],
	...more,
});

/** What is connected to, and what is asked for. */
const asked = (given: ConfigurationRequest): string[] =>
	configuredEndpoints(given).endpoints.map(
		({target, options, expect}) => `${target.target} ${options.serverName ?? 'no name'} ${expect.map(({kind}) => kind).join(' ')}`,
	);

test('what runs in a cluster is asked at its own names, at the address in its status, or where --config-host says', t => {
	const manifest = 'kubernetes/ingress-and-configmap.yaml';
	t.deepEqual(asked(request(manifest)), ['web.example.test:443 web.example.test rule rule']);
	t.deepEqual(configuredEndpoints(request(manifest)).notes, [
		`fixtures/server-configs/${manifest}:7: ssl-protocols TLSv1.2 TLSv1.3: left out: the file does not contain its address; set it with --config-host HOST`,
	]);
	t.deepEqual(asked(request(manifest, {host: '127.0.0.9'})), [
		'127.0.0.9:443 no name rule rule',
		'127.0.0.9:443 web.example.test rule rule',
	]);
	const withStatus = 'kubernetes/list-with-status.yaml';
	t.deepEqual(asked(request(withStatus)), [
		'127.0.0.1:443 no name rule rule',
		'127.0.0.1:443 web.example.test rule rule',
		'127.0.0.1:443 www.example.test rule rule',
	]);
	t.is(asked(request(withStatus, {host: '::1'}))[0], '[::1]:443 no name rule rule');
});

test('an endpoint of whose versions nothing is said is checked where something else is expected of it', t => {
	const manifest = 'kubernetes/gateway-unknown.yaml';
	t.throws(() => configuredEndpoints(request(manifest)), {
		name: 'InputError',
		message: /: nothing in it can be checked\n.*use --policy NAME/s,
	});
	t.deepEqual(asked(request(manifest, {expect: [{kind: 'policy', name: 'rfc8996'}]})), ['any.example.test:443 any.example.test policy']);
});

test('a configuration with nothing for TLS in it says what was looked for', t => {
	t.throws(() => configuredEndpoints(request('kubernetes/other-objects.yaml')), {
		name: 'InputError',
		message: /: nothing that accepts TLS was found in it, and not all of it was read:\n.*it has none of the kinds that are read: Ingress/,
	});
	t.throws(() => configuredEndpoints(request('traefik/together.toml')), {
		name: 'InputError',
		message: /together\.toml:4: minVersion VersionTLS12: with sniStrict the entry point websecure answers only known names/,
	});
});
