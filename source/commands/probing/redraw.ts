/** What draws on a terminal, by itself: runs without one do not load it. */
export {createLogUpdate} from 'log-update';
