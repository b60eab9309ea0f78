/**
 * The subset of SCIM filters that Okta's lists take. contracts/okta.md §1.1, §5.1
 * - `attribute operator value`, joined by `and` (binds tighter) and `or`, with parentheses; no `[]`
 * - an unknown operator, a broken expression or an unknown field is 400 E0000053
 * - an operator that the field does not support is 400 E0000031
 * - an attribute of a list, such as `target.id`, matches when one of its values does
 * - not simulated: `not`, values other than strings, booleans and numbers
 */
import { badFilter, badSearch } from './errors.ts';

/** Finds the values that a record has under an attribute name. */
type Look = (attribute: string) => ReadonlyArray<string | null>;
export type Predicate = (look: Look) => boolean;

/** The operators that each attribute supports. */
export type Fields = Readonly<Record<string, readonly string[]>>;

interface Token {
  readonly text: string;
  readonly at: number;
}

const OPERATORS = ['eq', 'co', 'sw', 'pr', 'gt', 'ge', 'lt', 'le'];
const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[()]|[^\s()"]+)/y;

const COMPARE: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  eq: (value, wanted) => value === wanted,
  co: (value, wanted) => value.includes(wanted),
  sw: (value, wanted) => value.startsWith(wanted),
  gt: (value, wanted) => value > wanted,
  ge: (value, wanted) => value >= wanted,
  lt: (value, wanted) => value < wanted,
  le: (value, wanted) => value <= wanted,
};

/** `fold` makes texts comparable, for lists that do not mind the case. */
export const parseFilter = (filter: string, fields: Fields, fold = (text: string): string => text): Predicate =>
  new FilterParser(filter, fields, fold).parse();

class FilterParser {
  readonly #filter: string;
  readonly #fields: Fields;
  readonly #fold: (text: string) => string;
  readonly #tokens: Token[];

  public constructor(filter: string, fields: Fields, fold: (text: string) => string) {
    this.#filter = filter;
    this.#fields = fields;
    this.#fold = fold;
    this.#tokens = this.#tokenize();
  }

  public parse(): Predicate {
    const whole = this.#or();
    const rest = this.#tokens[0];
    if (rest) throw this.#broken(`Unexpected '${rest.text}' at position ${rest.at}`);
    return whole;
  }

  #tokenize(): Token[] {
    const tokens: Token[] = [];
    TOKEN.lastIndex = 0;
    for (let at = 0; this.#filter.slice(at).trim() !== ''; at = TOKEN.lastIndex) {
      TOKEN.lastIndex = at;
      const text = TOKEN.exec(this.#filter)?.[1];
      if (text === undefined) throw this.#broken(`Unterminated string at position ${at}`);
      tokens.push({ text, at: TOKEN.lastIndex - text.length });
    }
    return tokens;
  }

  #or(): Predicate {
    const left = this.#and();
    if (!this.#skip('or')) return left;
    const right = this.#or();
    return (look) => left(look) || right(look);
  }

  #and(): Predicate {
    const left = this.#term();
    if (!this.#skip('and')) return left;
    const right = this.#and();
    return (look) => left(look) && right(look);
  }

  #term(): Predicate {
    if (!this.#skip('(')) return this.#comparison();
    const inner = this.#or();
    if (!this.#skip(')')) throw this.#broken("Missing ')'");
    return inner;
  }

  #comparison(): Predicate {
    const attribute = this.#next();
    const { text, at } = this.#next();
    const operator = { text: text.toLowerCase(), at };
    if (!OPERATORS.includes(operator.text)) {
      throw this.#broken(
        `Unrecognized attribute operator '${text}' at position ${operator.at}. Expected: ${OPERATORS.join(',')}`
      );
    }
    const supported = this.#fields[attribute.text];
    if (!supported) throw badFilter(`field is not valid: ${attribute.text}`);
    if (!supported.includes(operator.text)) throw badSearch();
    if (operator.text === 'pr') return (look) => look(attribute.text).some((value) => value !== null);
    const fold = this.#fold;
    const wanted = fold(this.#value());
    const compare = COMPARE[operator.text];
    return (look) => look(attribute.text).some((value) => value !== null && compare?.(fold(value), wanted) === true);
  }

  #value(): string {
    const { text, at } = this.#next();
    if (/^(true|false|-?\d+(\.\d+)?)$/.test(text)) return text;
    if (!text.startsWith('"')) throw this.#broken(`Unrecognized value '${text}' at position ${at}`);
    return JSON.parse(text) as string;
  }

  #next(): Token {
    const token = this.#tokens.shift();
    if (!token) throw this.#broken('Unexpected end of expression');
    return token;
  }

  #skip(text: string): boolean {
    if (this.#tokens[0]?.text.toLowerCase() !== text) return false;
    this.#tokens.shift();
    return true;
  }

  #broken(why: string): Error {
    return badFilter(`Invalid filter '${this.#filter}': ${why}`);
  }
}
