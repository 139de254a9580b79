import aws from './aws.js';
import azure from './azure.js';
import azureArc from './azure-arc.js';
import azureBackup from './azure-backup.js';
import azureData from './azure-data.js';
import azureDevOpsAgents from './azure-devops-agents.js';
import azureFileSync from './azure-file-sync.js';
import azureMonitor from './azure-monitor.js';
import azurePortal from './azure-portal.js';
import azureSiteRecovery from './azure-site-recovery.js';
import azureStorage from './azure-storage.js';
import buildServers from './build-servers.js';
import type {Catalog} from './catalog.js';
import entraConnect from './entra-connect.js';
import microsoft365 from './microsoft-365.js';
import windowsUpdate from './windows-update.js';

/** Every list of endpoints. */
export const catalogs: readonly Catalog[] = [
	azurePortal,
	azureBackup,
	entraConnect,
	azureFileSync,
	azureSiteRecovery,
	azureArc,
	azureMonitor,
	azureStorage,
	azureData,
	windowsUpdate,
	azureDevOpsAgents,
	microsoft365,
	aws,
	buildServers,
	azure,
];
