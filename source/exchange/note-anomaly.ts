import type {Anomaly} from './outcome.js';

/** Each once, in the order they were seen. */
export function noteAnomaly(anomalies: Anomaly[], anomaly: Anomaly): void {
	if (!anomalies.includes(anomaly)) {
		anomalies.push(anomaly);
	}
}
