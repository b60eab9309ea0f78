import { RestError } from '../errors.ts';

export type Token =
  | { readonly kind: 'name' | 'operator' | 'number' | 'datetime'; readonly text: string; readonly at: number }
  | { readonly kind: 'string'; readonly text: string; readonly at: number };

const PATTERNS: ReadonlyArray<readonly [Token['kind'], RegExp]> = [
  ['string', /'(?:[^'\\]|\\.)*'/y],
  ['datetime', /\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))?/y],
  ['number', /[+-]?\d+(?:\.\d+)?/y],
  ['name', /[A-Za-z_][\w.]*(?::\d+)?/y],
  ['operator', /<=|>=|!=|<>|[=<>(),]/y],
];

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

export const tokenize = (query: string): Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query.charAt(at))) {
      at += 1;
      continue;
    }
    const token = tokenAt(query, at);
    if (!token) throw malformed(query, at, `unexpected character '${query.charAt(at)}'`);
    tokens.push(token.kind === 'string' ? { ...token, text: unquote(token.text) } : token);
    at += token.text.length;
  }
  return tokens;
};

const tokenAt = (query: string, at: number): Token | undefined => {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const text = pattern.exec(query)?.[0];
    if (text !== undefined) return { kind, text, at };
  }
  return undefined;
};

const unquote = (text: string): string =>
  text.slice(1, -1).replace(/\\(.)/g, (_match, character: string) => ESCAPES[character] ?? character);

/** A query error as Salesforce words it: the query, where, and what. contracts/salesforce.md §7 */
export const malformed = (query: string, at: number, what: string): RestError =>
  new RestError(400, 'MALFORMED_QUERY', `\n${query}\n^\nERROR at Row:1:Column:${at + 1}\n${what}`);
