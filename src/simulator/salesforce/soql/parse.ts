/**
 * The part of SOQL that the simulated objects need: SELECT fields or COUNT(), WHERE, ORDER BY, LIMIT. contracts/salesforce.md §7
 * - not simulated: GROUP BY, HAVING, OFFSET, FOR, USING, TYPEOF, subqueries, other aggregates, aliases
 */
import { NotSimulated } from '../errors.ts';
import type { Scalar } from '../records.ts';
import { malformed, tokenize, type Token } from './tokens.ts';

export interface Literal {
  readonly type: 'string' | 'number' | 'boolean' | 'null' | 'datetime' | 'days';
  readonly value: Scalar;
}

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'test'; readonly field: string; readonly operator: Operator; readonly values: readonly Literal[] };

export type Operator = '=' | '!=' | '<' | '>' | '<=' | '>=' | 'LIKE' | 'IN' | 'NOT IN';

export interface Query {
  readonly text: string;
  readonly fields: readonly string[] | 'COUNT()';
  readonly object: string;
  readonly where: Condition | undefined;
  readonly orderBy: ReadonlyArray<{
    readonly field: string;
    readonly descending: boolean;
    readonly nullsLast: boolean;
  }>;
  readonly limit: number | undefined;
}

const NOT_SIMULATED =
  /^(GROUP|HAVING|OFFSET|FOR|USING|TYPEOF|SUM|MIN|MAX|AVG|COUNT_DISTINCT|FIELDS|toLabel|FORMAT|INCLUDES|EXCLUDES)$/i;

export const parseQuery = (text: string): Query => new Parser(text).query();

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  public constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  public query(): Query {
    this.#expect('SELECT');
    const fields = this.#fields();
    this.#expect('FROM');
    const object = this.#name();
    const where = this.#accept('WHERE') ? this.#conditions() : undefined;
    const orderBy = this.#accept('ORDER') ? this.#orderBy() : [];
    const limit = this.#accept('LIMIT') ? Number(this.#take('number').text) : undefined;
    if (this.#peek()) throw this.#unexpected();
    return { text: this.#text, fields, object, where, orderBy, limit };
  }

  #fields(): Query['fields'] {
    if (this.#peek()?.text === '(') throw new NotSimulated(`SOQL subquery: ${this.#text}`);
    const first = this.#name();
    if (this.#accept('(')) {
      if (first.toUpperCase() !== 'COUNT' || !this.#accept(')'))
        throw new NotSimulated(`SOQL ${first}(…): ${this.#text}`);
      return 'COUNT()';
    }
    const fields = [first];
    while (this.#accept(',')) fields.push(this.#name());
    return fields;
  }

  /** AND and OR are not mixed without parentheses: Salesforce refuses that, it has no precedence for it. */
  #conditions(): Condition {
    const first = this.#test();
    const word = this.#peek()?.text.toUpperCase();
    if (word !== 'AND' && word !== 'OR') return first;
    const parts = [first];
    while (this.#accept(word)) parts.push(this.#test());
    return { kind: word === 'AND' ? 'and' : 'or', parts };
  }

  #test(): Condition {
    if (this.#accept('NOT')) return { kind: 'not', part: this.#test() };
    if (this.#accept('(')) {
      const inner = this.#conditions();
      this.#expect(')');
      return inner;
    }
    const field = this.#name();
    const operator = this.#operator();
    const values = operator === 'IN' || operator === 'NOT IN' ? this.#list() : [this.#literal()];
    return { kind: 'test', field, operator, values };
  }

  #operator(): Operator {
    const token = this.#advance();
    const word = token?.text.toUpperCase();
    if (word === 'NOT') {
      this.#expect('IN');
      return 'NOT IN';
    }
    if (word === 'LIKE' || word === 'IN') return word;
    if (word === '<>') return '!=';
    if (word === '=' || word === '!=' || word === '<' || word === '>' || word === '<=' || word === '>=') return word;
    this.#next -= 1;
    throw this.#unexpected();
  }

  #list(): Literal[] {
    this.#expect('(');
    if (this.#peek()?.text.toUpperCase() === 'SELECT') throw new NotSimulated(`SOQL semi-join: ${this.#text}`);
    const values = [this.#literal()];
    while (this.#accept(',')) values.push(this.#literal());
    this.#expect(')');
    return values;
  }

  #literal(): Literal {
    const token = this.#advance();
    if (token?.kind === 'string') return { type: 'string', value: token.text };
    if (token?.kind === 'number') return { type: 'number', value: Number(token.text) };
    if (token?.kind === 'datetime') return { type: 'datetime', value: token.text };
    const word = token?.text.toUpperCase() ?? '';
    if (word === 'TRUE' || word === 'FALSE') return { type: 'boolean', value: word === 'TRUE' };
    if (word === 'NULL') return { type: 'null', value: null };
    const days = /^LAST_N_DAYS:(\d+)$/.exec(word)?.[1];
    if (days !== undefined) return { type: 'days', value: Number(days) };
    this.#next -= 1;
    throw this.#unexpected();
  }

  #orderBy(): Query['orderBy'] {
    this.#expect('BY');
    const order = [];
    do {
      const field = this.#name();
      const descending = this.#accept('DESC') || (this.#accept('ASC') && false);
      const nulls = this.#accept('NULLS') ? this.#name().toUpperCase() : undefined;
      order.push({ field, descending, nullsLast: nulls === 'LAST' });
    } while (this.#accept(','));
    return order;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #advance(): Token | undefined {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #accept(word: string): boolean {
    const token = this.#peek();
    if (token?.kind === 'string' || token?.text.toUpperCase() !== word) return false;
    this.#next += 1;
    return true;
  }

  #expect(word: string): void {
    if (!this.#accept(word)) throw this.#unexpected();
  }

  #name(): string {
    return this.#take('name').text;
  }

  #take(kind: Token['kind']): Token {
    const token = this.#peek();
    if (token?.kind !== kind) throw this.#unexpected();
    this.#next += 1;
    return token;
  }

  #unexpected(): Error {
    const token = this.#peek();
    if (token?.kind === 'name' && NOT_SIMULATED.test(token.text))
      return new NotSimulated(`SOQL ${token.text}: ${this.#text}`);
    const what = token ? `unexpected token: '${token.text}'` : "unexpected token: '<EOF>'";
    return malformed(this.#text, token?.at ?? this.#text.length, what);
  }
}
