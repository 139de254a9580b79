import {DecodeError} from '../../bytes/decode-error.js';
import {alertLevel} from '../../wire/alert.js';
import {contentType, nextRecord, type TlsRecord} from '../../wire/record.js';
import {type Backlog, makeBacklog} from '../backlog.js';
import type {Until} from './turn.js';

/** What the bytes of one connection say of the turns that wait for them. It goes on from turn to turn, since a record may be cut by one. */
export type RecordWatch = {
	/** @returns What ends the turn by these bytes; undefined while more is wanted. */
	push(bytes: Uint8Array, until: Until): 'until' | 'alert' | 'malformed' | undefined;
};

const recordHeader = 5;
const messageHeader = 4;

export function watchRecords(): RecordWatch {
	const records = makeBacklog(recordHeader);
	const messages = makeBacklog(messageHeader);
	let isEncrypted = false;
	let isBroken = false;

	const endIn = (item: TlsRecord, until: Until): 'until' | 'alert' | undefined => {
		isEncrypted ||= item.type === contentType.changeCipherSpec;
		const types = item.type === contentType.handshake && !isEncrypted ? completedBy(item.fragment, messages) : [];
		if (until.kind === 'record' && (until.type ?? item.type) === item.type) {
			return 'until';
		}

		if (until.kind === 'message' && types.includes(until.type)) {
			return 'until';
		}

		// A warning in clear, such as unrecognized_name, comes before what is waited for.
		const isWarning = item.fragment.length === 2 && item.fragment[0] === alertLevel.warning;
		return item.type === contentType.alert && !isWarning ? 'alert' : undefined;
	};

	/** Every whole record is read, so that what the turn does not wait for is not taken for news in the next one. */
	const readWhole = (bytes: Uint8Array, until: Until): 'until' | 'alert' | undefined => {
		let end: 'until' | 'alert' | undefined;
		let start = 0;
		for (let item = nextRecord(bytes); item !== undefined; item = nextRecord(bytes, start)) {
			start += recordHeader + item.fragment.length;
			end ??= endIn(item, until);
		}

		const left = bytes.length - start;
		records.keep(start, recordHeader + (left < recordHeader ? 0 : bytes[start + 3]! * 256 + bytes[start + 4]!));
		return end;
	};

	return {
		push(bytes, until) {
			if (isBroken) {
				return 'malformed';
			}

			records.push(bytes);
			const whole = records.whole();
			try {
				return whole && readWhole(whole, until);
			} catch (error) {
				if (error instanceof DecodeError) {
					isBroken = true;
					return 'malformed';
				}

				throw error;
			}
		},
	};
}

/** The types of the handshake messages in clear that a fragment completes. */
function completedBy(fragment: Uint8Array, messages: Backlog): readonly number[] {
	messages.push(fragment);
	const types: number[] = [];
	for (let whole = messages.whole(); whole !== undefined; whole = messages.whole()) {
		const length = messageHeader + whole[1]! * 65_536 + whole[2]! * 256 + whole[3]!;
		if (whole.length < length) {
			messages.keep(0, length);
		} else {
			types.push(whole[0]!);
			messages.keep(length, messageHeader);
		}
	}

	return types;
}
