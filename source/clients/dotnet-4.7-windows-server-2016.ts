import {defineDotnetClient} from './building/dotnet.js';

export default defineDotnetClient('dotnet-4.7', 'windows-server-2016');
