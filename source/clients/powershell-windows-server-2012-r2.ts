import {defineDotnetClient} from './building/dotnet.js';

export default defineDotnetClient('powershell', 'windows-server-2012-r2');
