import {defineDotnetClient} from './building/dotnet.js';

export default defineDotnetClient('mars-agent-fixed', 'windows-server-2022');
