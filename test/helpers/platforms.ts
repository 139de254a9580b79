import test from 'ava';

/** `test` on Linux alone: only there is every address of 127.0.0.0/8 this machine, and is there `/proc`. */
export const onLinux = process.platform === 'linux' ? test : test.skip;

/** `test` where there are signals, links and modes of files: not on Windows. */
export const onPosix = process.platform === 'win32' ? test.skip : test;
