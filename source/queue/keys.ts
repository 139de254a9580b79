/** What all keys in Redis begin with. */
export const prefix = 'tlsprobe';

/** A label of workers: a word that is safe in keys and in all output. */
export const isLabel = (text: string): boolean => /^[a-z\d][a-z\d_-]{0,31}$/.test(text);

/** The name of a run: safe in keys, in the ids of jobs and in all output. */
export const isRunName = (text: string): boolean => /^[A-Za-z\d][\w.-]{0,63}$/.test(text);

/** BullMQ's name of the queue of a label; undefined for workers without one. */
export const queueName = (label: string | undefined): string => (label === undefined ? 'targets' : `targets-${label}`);

/** The runs by the time of their start. */
export const runsKey = `${prefix}:runs`;

/** What is known of a run: see `RunRecord`. */
export const runKey = (run: string): string => `${prefix}:run:${run}`;

/** Held by the one process that adds the jobs of a run. */
export const lockKey = (run: string): string => `${prefix}:lock:${run}`;

/** When the next connection of a run may start. */
export const paceKey = (run: string): string => `${prefix}:pace:${run}`;

/** Why workers do not take the jobs of a run, by worker. */
export const refusalsKey = (run: string): string => `${prefix}:refusals:${run}`;

export const workerKey = (id: string): string => `${prefix}:worker:${id}`;

/** Labels of which there is a queue. */
export const labelsKey = `${prefix}:labels`;
