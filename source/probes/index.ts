export {default as certificates} from './certificates.js';
export {default as clients} from './clients.js';
export {default as confirm} from './confirm.js';
export {default as versions} from './versions.js';
