/** What a list says of one target alone, in place of what the options say of all. As written, but for the address. */
export type Overrides = {
	readonly serverName?: string;
	readonly address?: string;
	readonly starttls?: string;
	readonly proxy?: string;
};
