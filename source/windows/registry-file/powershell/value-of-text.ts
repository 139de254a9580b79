import type {RegistryChange, RegistryValue} from '../value.js';
import {isCut} from './lines.js';

/**
A value as PowerShell shows it. It shows no types: a number is taken for a REG_DWORD.

@returns Undefined where it was cut.
*/
export function valueOfText(text: string): RegistryValue | undefined {
	const shown = text.trim();
	if (isCut(shown)) {
		return undefined;
	}

	if (/^-?\d{1,10}$/.test(shown) && Number(shown) >= -(2 ** 31) && Number(shown) < 2 ** 32) {
		// Windows PowerShell shows numbers from 0x80000000 on as negative ones.
		return {type: 'REG_DWORD', number: Number(shown) >>> 0};
	}

	if (/^0x[\da-f]{1,8}$/i.test(shown)) {
		return {type: 'REG_DWORD', number: Number.parseInt(shown, 16)};
	}

	if (shown.startsWith('{') && shown.endsWith('}')) {
		const items = shown
			.slice(1, -1)
			.split(',')
			.map(item => item.trim());
		return items.every(item => /^\d{1,3}$/.test(item) && Number(item) < 256)
			? {type: 'other', code: 3, bytes: Buffer.from(items.map(Number)).toString('hex')}
			: {type: 'REG_MULTI_SZ', texts: items.filter(Boolean)};
	}

	return {type: 'REG_SZ', text: shown};
}

/** What one shown value says about the registry. */
export function changeOf(key: string, name: string, text: string): RegistryChange {
	if (/^not found$/i.test(text.trim())) {
		return {kind: 'delete-value', key, name};
	}

	const value = valueOfText(text);
	return value === undefined
		? {kind: 'unread', key, name, reason: `the value of ${name} is cut off`}
		: {kind: 'set', key, name: /^\(default\)$/i.test(name) ? '' : name, value};
}
