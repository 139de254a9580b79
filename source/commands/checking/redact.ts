/**
Take users and passwords out of URLs. Of a password that holds what would end it, too much is taken rather than too little.
*/
export const redact = (text: string): string => text.replaceAll(/(?<=:\/\/)[^\s"']*@/g, '***@');
