import type {TargetResult} from '../../engine/probe-target.js';
import type {Context} from '../command.js';

/** Says on stderr that a result is not the service's, for those who see a format for programs or no result at all. */
export function warnOfInspection({target, recordings}: TargetResult, {warn}: Pick<Context, 'warn'>): void {
	const found = recordings.flatMap(({report}) => report.inspection ?? []);
	for (const {product, issuer} of new Map(found.map(item => [item.issuer, item])).values()) {
		warn(
			`${target.target}: ${product ?? 'something on the path'} answered instead of the service: its certificate is issued by ${issuer}; ` +
				'exempt the name from inspection, or probe it from another network\n',
		);
	}
}
