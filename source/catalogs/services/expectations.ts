import type {Expectation} from '../../policy/expectation.js';

/** Of services of Azure that have told from when on they refuse TLS 1.0 and 1.1. */
export const refusesRetired: Expectation = [{kind: 'rule', rule: 'azure-retired-versions'}];

/** Of services that advise against old versions, and take them all the same. */
export const takesCurrent: Expectation = [{kind: 'words', words: {acceptsAny: ['TLSv1.2', 'TLSv1.3']}}];
