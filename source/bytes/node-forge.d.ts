/** The one file of node-forge that the writer needs; it loads without the rest. */
declare module 'node-forge/lib/util.js' {
	type ByteBuffer = {
		length(): number;
		putByte(value: number): void;
		putInt16(value: number): void;
		putInt24(value: number): void;
		putInt32(value: number): void;
		putInt(value: number, bits: number): void;
		putBytes(bytes: string): void;
		putBuffer(buffer: ByteBuffer): void;
		bytes(): string;
	};

	const util: {createBuffer(): ByteBuffer};
	export default util;
}
