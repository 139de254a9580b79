import {defineDotnetClient} from './building/dotnet.js';

export default defineDotnetClient('mars-agent', 'windows-server-2022');
