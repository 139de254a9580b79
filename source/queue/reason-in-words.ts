/** Why a job failed, for a person. BullMQ's words for one that was taken and not finished too often are replaced. */
export const reasonInWords = (failedReason: string): string =>
	/stalled more than allowable limit/.test(failedReason)
		? 'the chunk of the list that it is in was set aside: three workers that had it stopped answering'
		: failedReason.slice(0, 500);
