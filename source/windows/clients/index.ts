import type {ClientKind} from '../rules/client-kind.js';
import dotnet35 from './dotnet-3.5.js';
import dotnet45 from './dotnet-4.5.js';
import dotnet46 from './dotnet-4.6.js';
import dotnet47 from './dotnet-4.7.js';
import dotnet5 from './dotnet-5.js';
import entraConnect from './entra-connect.js';
import marsAgent from './mars-agent.js';
import powershell from './powershell.js';
import schannel from './schannel.js';
import winhttp from './winhttp.js';
import wininet from './wininet.js';

/** Every kind of client, in the order of the report. */
export const clientKinds: readonly ClientKind[] = [
	schannel,
	dotnet35,
	dotnet45,
	dotnet46,
	dotnet47,
	dotnet5,
	powershell,
	winhttp,
	wininet,
	marsAgent,
	entraConnect,
];
