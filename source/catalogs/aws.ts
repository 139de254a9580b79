import type {Catalog} from './catalog.js';

const announcement = 'AWS Security Blog: TLS 1.2 to become the minimum for all AWS API endpoints (2022-07-20)';

/** Suffixes and forms: botocore, partitions.json and endpoints.json (2026-08-07). */
export default {
	name: 'aws',
	title: 'API endpoints of AWS, by pattern',
	entries: [
		{
			service: 'AWS, regional API endpoints',
			hosts: {
				public: [
					'{service}.{region}.amazonaws.com',
					's3.{region}.amazonaws.com',
					'sts.{region}.amazonaws.com',
					'kms.{region}.amazonaws.com',
				],
				usgov: [
					'{service}.{region}.amazonaws.com',
					's3.{region}.amazonaws.com',
					'sts.{region}.amazonaws.com',
					'kms.{region}.amazonaws.com',
				],
				china: [
					'{service}.{region}.amazonaws.com.cn',
					's3.{region}.amazonaws.com.cn',
					'sts.{region}.amazonaws.com.cn',
					'kms.{region}.amazonaws.com.cn',
				],
			},
			minimum: 'TLS 1.2',
			since: '2023-06-28',
			ends: [{day: '2023-06-28', sure: 'medium', source: announcement, note: 'The day that was announced for all regions.'}],
			source: `${announcement}; AWS KMS guide; forms of names: botocore`,
			note:
				'{service} is the prefix of an endpoint, such as ec2, ssm or logs. Regions of the US government are us-gov-west-1 and us-gov-east-1. ' +
				'The European sovereign cloud has {service}.{region}.amazonaws.eu.',
		},
		{
			service: 'AWS, global endpoints',
			hosts: {public: ['iam.amazonaws.com', 'sts.amazonaws.com', 's3.amazonaws.com', 'route53.amazonaws.com']},
			minimum: 'TLS 1.2',
			since: '2023-06-28',
			ends: [{day: '2023-06-28', sure: 'medium', source: announcement, note: 'The day that was announced for all regions.'}],
			source: `${announcement}; forms of names: botocore`,
		},
	],
} satisfies Catalog;
