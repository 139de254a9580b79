import type {Catalog} from './catalog.js';
import {takesCurrent} from './services/expectations.js';

/** What builds fetch from. Inspecting proxies in between are the usual reason to look. */
export default {
	name: 'build-servers',
	title: 'GitHub, container and package registries, as builds need them',
	entries: [
		{
			service: 'GitHub',
			hosts: {public: ['github.com', 'api.github.com', 'codeload.github.com']},
			minimum: 'TLS 1.2',
			since: 'February 2018',
			ends: [{day: '2018-02', sure: 'low', source: 'press on the end of old versions at npm (2021), which names the month for GitHub'}],
			source: 'press on the end of old versions at npm (2021); hosts: docs.github.com, api.github.com/meta',
			note: 'Self-hosted runners need these, and the hosts that api.github.com/meta lists.',
		},
		{
			service: 'GitHub, content and packages',
			hosts: {
				public: [...['raw.githubusercontent.com', 'objects.githubusercontent.com', 'ghcr.io', 'pkg-containers.githubusercontent.com']],
			},
			expect: takesCurrent,
			source: 'docs.github.com; api.github.com/meta',
		},
		{
			service: 'Docker Hub',
			hosts: {
				public: [...['registry-1.docker.io', 'auth.docker.io', 'production.cloudflare.docker.com', 'production.cloudfront.docker.com']],
			},
			expect: takesCurrent,
			source: 'Docker documentation: allow list',
		},
		{
			service: 'Other container registries',
			hosts: {public: ['mcr.microsoft.com', '{mcr-region}.data.mcr.microsoft.com', 'gcr.io', 'public.ecr.aws', 'quay.io']},
			expect: takesCurrent,
			source: 'documentation of each registry',
		},
		{
			service: 'npm',
			hosts: {public: ['registry.npmjs.org']},
			minimum: 'TLS 1.2',
			since: '2021-10-04',
			ends: [{day: '2021-10-04', sure: 'medium', source: "press that reports GitHub's notice (2021)"}],
			source: "press that reports GitHub's notice (2021)",
		},
		{
			service: 'PyPI',
			hosts: {public: ['pypi.org', 'files.pythonhosted.org']},
			minimum: 'TLS 1.2',
			since: '2018-06-30',
			ends: [{day: '2018-06-30', sure: 'high', source: 'Python Software Foundation: Time to upgrade your Python (January 2017)'}],
			source: 'Python Software Foundation: Time to upgrade your Python (January 2017)',
		},
		{
			service: 'NuGet',
			hosts: {public: ['api.nuget.org', 'www.nuget.org']},
			minimum: 'TLS 1.2',
			since: 'April 2020',
			ends: [{day: '2020-04', sure: 'high', source: 'NuGet blog: Deprecating TLS 1.0 and 1.1 on NuGet.org'}],
			source: 'NuGet blog: Deprecating TLS 1.0 and 1.1 on NuGet.org',
		},
		{
			service: 'Maven Central, crates.io, Go modules, RubyGems',
			hosts: {
				public: [...['repo.maven.apache.org', 'index.crates.io', 'static.crates.io', 'proxy.golang.org', 'sum.golang.org', 'rubygems.org']],
			},
			expect: takesCurrent,
			source: 'documentation of each registry',
		},
	],
} satisfies Catalog;
