/**
Domains whose hosts show certificates of public authorities, so that any other issuer is a device on the path. Domains below which customers show certificates
of their own, such as `cloudapp.azure.com` and `compute.amazonaws.com`, are not among them.
*/
const domains: readonly string[] = [
	// Microsoft, in all clouds.
	...['microsoft.com', 'microsoft.us', 'microsoftonline.com', 'microsoftonline.us', 'microsoftonline-p.com', 'microsoftonline.cn'],
	...['partner.microsoftonline.cn', 'windows.net', 'windowsazure.com', 'windowsazure.us', 'windowsazure.cn', 'windows.com', 'live.com'],
	...[
		'office.com',
		'office.net',
		'office365.com',
		'sharepoint.com',
		'outlook.com',
		'bing.com',
		'msftauth.net',
		'msauth.net',
		'visualstudio.com',
	],
	...[
		'portal.azure.com',
		'portal.azure.us',
		'portal.azure.cn',
		'portal.azure.net',
		'management.azure.com',
		'gallery.azure.com',
		'gallery.azure.us',
	],
	...[
		'ext.azure.com',
		'dev.azure.com',
		'monitor.azure.com',
		'monitor.azure.us',
		'monitor.azure.cn',
		'monitoring.azure.com',
		'monitoring.azure.us',
	],
	...['monitoring.azure.cn', 'loganalytics.azure.cn', 'applicationinsights.azure.cn', 'opinsights.azure.com', 'opinsights.azure.us'],
	...['opinsights.azure.cn', 'documents.azure.com', 'arc.azure.com', 'arc.azure.us', 'arc.azure.cn', 'guestconfiguration.azure.com'],
	...[
		'guestconfiguration.azure.us',
		'guestconfiguration.azure.cn',
		'guestnotificationservice.azure.com',
		'guestnotificationservice.azure.cn',
	],
	...[
		'vault.azure.net',
		'vault.azure.cn',
		'managedhsm.azure.net',
		'afs.azure.net',
		'afs.azure.us',
		'azurewebsites.net',
		'azurewebsites.us',
	],
	...['azure-devices.net', 'azure-automation.net', 'azure-automation.us', 'azurecr.io', 'azurecr.us', 'azurecr.cn', 'azconfig.io'],
	...[
		'applicationinsights.io',
		'applicationinsights.us',
		'loganalytics.io',
		'loganalytics.us',
		'arcdataservices.com',
		'arcdataservices.azure.us',
	],
	...['core.usgovcloudapi.net', 'vault.usgovcloudapi.net', 'servicebus.usgovcloudapi.net', 'database.usgovcloudapi.net'],
	...['management.usgovcloudapi.net', 'gallery.usgovcloudapi.net', 'pasff.usgovcloudapi.net', 'core.chinacloudapi.cn'],
	...['servicebus.chinacloudapi.cn', 'database.chinacloudapi.cn', 'management.chinacloudapi.cn', 'gallery.chinacloudapi.cn'],
	...['login.chinacloudapi.cn', 'graph.chinacloudapi.cn', 'microsoftgraph.chinacloudapi.cn', 'pas.chinacloudapi.cn'],
	...['azure-api.net', 'azure-api.us', 'aka.ms', 'msftconnecttest.com', 'msftncsi.com', 'windowsupdate.com'],
	...['partners.azure.net', 'graph.microsoftazure.us', 'msauth.cn', 'msftauth.cn', 'microsoftazuread-sso.com', 'waconazure.com'],
	...['storage.azure.net', 'eventgrid.azure.net', 'mysql.database.azure.com', 'cosmos.azure.com', 'documents.azure.us'],
	...['documents.azure.cn', 'managedhsm.usgovcloudapi.net', 'managedhsm.azure.cn', 'accesscontrol.chinacloudapi.cn'],
	...['login.partner.chinacloudapi.cn', 'chinacloudsites.cn', 'azurefd.net', 'azure-api.cn', 'azure-automation.cn', 'azure-devices.us'],
	...['azure-devices.cn', 'search.windows.us', 'azconfig.azure.us', 'appconfig.azure.us', 'azconfig.azure.cn', 'appconfig.azure.cn'],
	...['vsassets.io', 'vstsagentpackage.azureedge.net', 'vsassetscdn.azure.cn', 'gallerycdn.azure.cn', 'office365.us', 'partner.outlook.cn'],
	// Others that nearly everything connects to.
	...['ghcr.io', 'gcr.io', 'public.ecr.aws', 'quay.io', 'nuget.org', 'repo.maven.apache.org', 'crates.io', 'golang.org', 'rubygems.org'],
	...['google.com', 'googleapis.com', 'gstatic.com', 'youtube.com', 'github.com', 'githubusercontent.com', 'npmjs.org', 'npmjs.com'],
	...['pypi.org', 'pythonhosted.org', 'docker.io', 'docker.com', 'amazon.com', 'aws.amazon.com', 's3.amazonaws.com', 'apple.com'],
	...[
		'icloud.com',
		'facebook.com',
		'cloudflare.com',
		'wikipedia.org',
		'mozilla.org',
		'debian.org',
		'ubuntu.com',
		'nodejs.org',
		'digicert.com',
	],
];

const known: ReadonlySet<string> = new Set(domains);

/** A service of Amazon, such as `kms.eu-west-1.amazonaws.com`: machines, databases and balancers of customers have more labels, or no region. */
const amazonService = /^[a-z\d-]{1,63}(?:\.[a-z]{2}(?:-[a-z]{1,16}){1,3}-\d{1,2})?\.amazonaws\.com(?:\.cn)?$/;

/** Whether a host is one of a public, well-known service. Cheap: it is asked of every target. */
export function isPublicName(host: string): boolean {
	// Nearly always an address of a list: no domain ends in a digit.
	if (/\d$/.test(host)) {
		return false;
	}

	if (known.has(host) || (host.includes('.amazonaws.com') && amazonService.test(host))) {
		return true;
	}

	for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) {
		if (known.has(host.slice(dot + 1))) {
			return true;
		}
	}

	return false;
}
