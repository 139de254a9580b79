export type {Report, VersionReport} from './engine/report.js';
