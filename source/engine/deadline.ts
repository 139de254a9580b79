/** When a scan has to be over, on the clock of `performance.now()`. It moves on while a scan cannot connect because others hold every place. */
export type Deadline = {atMs: number};

export const makeDeadline = (atMs: number): Deadline => ({atMs});
