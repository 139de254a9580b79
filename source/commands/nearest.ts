export {nearest} from '../bytes/nearest.js';
