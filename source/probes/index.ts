export {default as versions} from './versions.js';
