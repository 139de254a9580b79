import {defineDotnetClient} from './building/dotnet.js';

export default defineDotnetClient('powershell', 'windows-7');
