import test from 'ava';
import type {CatalogEntry} from '../../source/catalogs/catalog.js';
import {catalogs} from '../../source/catalogs/index.js';

/** What Microsoft's pages and notices said by November 2026: an entry, one of its fields, and what has to be in it. */
const facts: readonly (readonly [service: string, field: Field, expected: string])[] = [
	['Storage account', 'day', '2026-02-03 high'],
	['Storage account', 'source', 'Azure/EOL'],
	['Storage account', 'note', 'stated by the press alone'],
	['Storage account', 'note', 'TLS 1.3 is accepted'],
	['Storage account', 'hosts', '{zone-account}.blob.storage.azure.net'],
	['Storage account', 'hosts', '{account}.{web-zone}.web.core.windows.net'],
	['Key Vault', 'day', '2023-06 high'],
	['Key Vault', 'note', 'vaultcore.azure.net'],
	['Key Vault, managed HSM', 'hosts', '{hsm}.managedhsm.usgovcloudapi.net'],
	['Key Vault, managed HSM', 'hosts', '{hsm}.managedhsm.azure.cn'],
	['Key Vault, managed HSM', 'day', '2023-06 medium'],
	['Service Bus, Event Hubs and Relay', 'day', '2025-10-20 high'],
	['Service Bus, Event Hubs and Relay', 'source', 'Configure the minimum TLS version'],
	['Event Hubs, Kafka', 'hosts', '{event-hubs}.servicebus.windows.net:9093'],
	['SQL Database', 'day', '2025-08-31 high'],
	['SQL Database', 'hosts', '{sql-instance}.public.{sql-zone}.database.windows.net:3342'],
	['App Service', 'day', '2027-05-31 high'],
	['App Service', 'hosts', '{app}.chinacloudsites.cn'],
	['Container Registry', 'note', 'state no TLS version'],
	['API Management', 'day', '2025-10-31 medium'],
	['API Management', 'note', '2024-10-31, 2025-08-31 and 2025-10-31'],
	['API Management', 'hosts', '{api}.azure-api.cn'],
	['Automation', 'day', '2020-09-01 medium'],
	['Automation', 'minimum', 'TLS 1.2'],
	['Automation', 'hosts', '{automation-host}.azure-automation.cn'],
	['Cosmos DB', 'day', '2025-08-31 high'],
	['Cosmos DB', 'note', 'after the handshake'],
	['Cosmos DB', 'hosts', '{cosmos}.documents.azure.us'],
	['Cosmos DB', 'hosts', '{cosmos}.documents.azure.cn'],
	['Cosmos DB', 'hosts', '{cosmos-gremlin}.gremlin.cosmos.azure.com'],
	['IoT Hub', 'day', '2025-08-31 high'],
	['IoT Hub', 'hosts', '{iot-hub}.azure-devices.net:8883'],
	['IoT Hub', 'hosts', '{iot-hub}.azure-devices.us'],
	['IoT Hub', 'hosts', '{iot-hub}.azure-devices.cn'],
	['Search, App Configuration', 'hosts', '{search}.search.windows.us'],
	['Search, App Configuration', 'hosts', '{config}.azconfig.azure.cn'],
	['Search, App Configuration', 'hosts', '{config-store}.appconfig.azure.us'],
	['Event Grid', 'day', '2025-02-28 high'],
	['Front Door', 'day', '2025-03-01 high'],
	['Application Gateway', 'day', '2025-08-31 high'],
	['Database for MySQL, flexible server', 'day', '2025-08-31 high'],
	['Database for MySQL, flexible server', 'hosts', '{mysql-server}.mysql.database.azure.com:3306'],
	['Entra Domain Services, secure LDAP', 'day', '2025-08-31 high'],
	['Cache for Redis', 'day', '2024-11-01 high'],
	['Cache for Redis', 'hosts', '{redis}.redis.cache.windows.net:6380'],
	['Azure Monitor agent', 'day', '2026-03-01 high'],
	['Azure Monitor agent', 'hosts', '{dce}.{region}.ingest.monitor.azure.com'],
	['Azure Monitor agent', 'note', '2026-09-14'],
	['Log Analytics and Application Insights', 'day', '2026-03-01 high'],
	['Log Analytics and Application Insights', 'day', '2025-05-01 high'],
	['Azure Arc, Connected Machine agent', 'note', 'from 1.56 to 1.63, not on Server 2012 and 2012 R2'],
	['Azure Arc, Connected Machine agent', 'note', 'AzureFrontDoor.Frontend'],
	['Azure Arc, Connected Machine agent', 'hosts', '{notification-host}.guestnotificationservice.azure.com'],
	['Azure Arc, Connected Machine agent', 'hosts', '{sign-in-region}.login.microsoft.com'],
	['Azure Arc, Connected Machine agent', 'hosts', 'dls.microsoft.com'],
	['Azure Arc, Connected Machine agent', 'hosts', '{admin-center-host}.waconazure.com'],
	['Azure Arc, Connected Machine agent', 'hosts', 'www.microsoft.com'],
	['Azure Arc, Connected Machine agent', 'hosts', '{account}.blob.core.usgovcloudapi.net'],
	['Azure Arc, Connected Machine agent', 'hosts', 'login.partner.chinacloudapi.cn'],
	['Azure Arc, Connected Machine agent', 'hosts', '{account}.blob.core.chinacloudapi.cn'],
	['SQL Server enabled by Azure Arc', 'note', 'Server 2012 has no TLS 1.2'],
	['Azure DevOps, status', 'note', 'SNI) is required since 2025-04-23'],
	['Azure DevOps, agents', 'hosts', '{organization}.visualstudio.com'],
	['Azure DevOps, agents', 'note', 'dropped on 2026-04-01'],
	['Azure portal', 'note', 'states no TLS version'],
	['Azure portal, parts of it', 'hosts', '{portal-part}.hosting-ms.portal.azure.net'],
	['Azure portal, parts of it', 'hosts', '{portal-part}.reactblade.portal.azure.net'],
	['Azure portal, parts of it', 'hosts', 'hosting.partners.azure.net'],
	['Azure portal, parts of it', 'hosts', 'graph.microsoftazure.us'],
	['Azure portal, parts of it', 'hosts', 'aadcdn.msftauth.cn'],
	['Gallery', 'source', '2025-08-28'],
	['Azure Resource Manager', 'day', '2025-03-01 high'],
	['Sign-in (Microsoft Entra ID)', 'day', '2025-01-31 medium ongoing'],
	['Sign-in (Microsoft Entra ID)', 'day', '2022-01-31 high'],
	['Sign-in (Microsoft Entra ID)', 'day', '2021-03-31 high'],
	['Device registration (Microsoft Entra ID)', 'day', '2020-10-30 medium'],
	['Seamless single sign-on (Microsoft Entra ID)', 'hosts', 'autologon.microsoftazuread-sso.com'],
	['Microsoft Graph', 'note', 'Azure AD Graph, retired in mid-2025'],
	['Entra Connect, set-up and synchronisation', 'note', 'from 2.3.20.0 to 2.4.129.0'],
	['Entra Connect, set-up and synchronisation', 'note', 'MSOnline'],
	['Azure Backup (MARS agent)', 'day', '2021-09-01 low'],
	['Azure Backup (MARS agent)', 'note', 'REGION.backup.windowsazure.com'],
	['Blob and queue storage of the vault', 'hosts', '{account}.queue.core.windows.net'],
	['Blob and queue storage of the vault', 'hosts', '{zone-account}.blob.storage.azure.net'],
	['Blob and queue storage of the vault', 'hosts', '{account}.queue.core.usgovcloudapi.net'],
	['Azure Site Recovery', 'note', '{region}.hypervrecoverymanager.windowsazure.com'],
	['Azure Site Recovery', 'hosts', '{recovery-acs}.accesscontrol.chinacloudapi.cn'],
	['Blob storage of the vault', 'hosts', '{account}.store.core.chinacloudapi.cn'],
	['Azure File Sync', 'day', '2020-08 medium'],
	['Azure File Sync', 'minimum', 'TLS 1.2'],
	['Exchange Online, POP3 and IMAP4', 'day', '2026-12-31 high ongoing'],
	['Exchange Online, POP3 and IMAP4', 'hosts', 'outlook.office365.com:993'],
	['Exchange Online, POP3 and IMAP4', 'hosts', 'pop-legacy.office365.com:995'],
	['AWS, regional API endpoints', 'hosts', '{service}.{region}.amazonaws.com'],
	['AWS, regional API endpoints', 'hosts', 's3.{region}.amazonaws.com.cn'],
	['GitHub', 'hosts', 'codeload.github.com'],
	['Docker Hub', 'hosts', 'registry-1.docker.io'],
];

type Field = 'day' | 'hosts' | 'minimum' | 'note' | 'source';

const entries = new Map(catalogs.flatMap(({entries: list}) => list.map(entry => [entry.service, entry] as const)));

function valuesOf({hosts, minimum = '', note = '', source, ends = []}: CatalogEntry, field: Field): readonly string[] {
	switch (field) {
		case 'day':
			return ends.map(({day, sure, isOngoing}) => `${day} ${sure}${isOngoing ? ' ongoing' : ''}`);
		case 'hosts':
			return Object.values(hosts).flat();
		case 'minimum':
			return [minimum];
		case 'note':
			return [note];
		case 'source':
			return [source];
		default:
			return field satisfies never;
	}
}

for (const [service, field, expected] of facts) {
	test(`${service}: ${field} has ${expected}`, t => {
		const values = valuesOf(entries.get(service)!, field);
		const isThere = field === 'note' || field === 'source' ? values[0]!.includes(expected) : values.includes(expected);
		t.true(isThere, values.join('\n'));
	});
}
