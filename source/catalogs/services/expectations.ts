import type {Expectation} from '../../policy/expectation.js';

/**
Of services of Azure that state from when on they refuse TLS 1.0 and 1.1. Before the day, and where it was moved, only TLS 1.2 or 1.3 is
expected.
*/
export const refusesRetired: Expectation = [{kind: 'rule', rule: 'azure-retired-versions'}];

/** Of services that advise against old versions and still accept them, or that do not state whether they refuse them yet. */
export const takesCurrent: Expectation = [{kind: 'words', words: {acceptsAny: ['TLSv1.2', 'TLSv1.3']}}];

/** Microsoft's machine-readable list of what Azure retires, as it was read. */
export const retirements = 'Microsoft: Azure/EOL, list of retirements (2025-12-18)';
