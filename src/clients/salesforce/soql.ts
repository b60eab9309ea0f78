/** A SOQL string literal. */
export const quoted = (value: string): string => `'${value.replace(/[\\']/g, (character) => `\\${character}`)}'`;
