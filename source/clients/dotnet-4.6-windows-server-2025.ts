import {defineDotnetClient} from './building/dotnet.js';

export default defineDotnetClient('dotnet-4.6', 'windows-server-2025');
