/** What identifies a certificate. */
export type ChainedCertificate = {
	/** Of its DER, in hexadecimal. */
	readonly sha256: string;
	readonly subject: string;
	readonly issuer: string;
	/** ISO 8601, UTC; left out where it cannot be read. */
	readonly validFrom?: string | undefined;
	readonly validTo?: string | undefined;
};

/** The server's own certificate. Trust is not checked. */
export type CertificateReport = ChainedCertificate & {
	/** The names and addresses that it is for, as far as there are not too many. */
	readonly names?: readonly string[] | undefined;
	/** How many more names it has. */
	readonly moreNames?: number | undefined;
	/** When it was seen. */
	readonly validity?: 'valid' | 'expired' | 'not-yet-valid' | undefined;
	readonly selfSigned?: boolean | undefined;
	/** The name or the address that was asked for. */
	readonly askedFor?: string | undefined;
	/** Whether it is for that. */
	readonly fits?: boolean | undefined;
	/** What the server sent with it, each signed by the next. */
	readonly chain?: readonly ChainedCertificate[] | undefined;
};
