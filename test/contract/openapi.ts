/**
 * Checks requests against Okta's own OpenAPI document, where that is at hand. It is not part of this project, see
 * contracts/okta-openapi.README.md, which also lists where the document is known to differ from recorded behaviour.
 */
import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import * as formats from 'ajv-formats';

export interface CheckedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body?: string;
}

export interface OktaContract {
  /** What is wrong with a request; nothing when the document allows it. */
  readonly problems: (request: CheckedRequest) => string[];
}

type Json = Record<string, unknown>;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Json;
}

interface Operation {
  readonly parameters?: ReadonlyArray<Parameter | { readonly $ref: string }>;
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: Json }>>;
  };
}

type PathItem = Operation & Readonly<Record<string, unknown>>;

interface Document {
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: Readonly<Record<string, Json>>;
}

const FILE = new URL('../../../shared/contracts/okta-openapi.json', import.meta.url);
const ID = 'okta';

/** Undefined where the document is absent. */
export const loadOktaContract = (): OktaContract | undefined => {
  if (!existsSync(FILE)) return undefined;
  const document = inJsonSchema(JSON.parse(readFileSync(FILE, 'utf8'))) as Document;
  const checker = new Checker(document);
  return { problems: (request) => problemsOf(checker, request) };
};

/** `coerceTypes` reads the text of a parameter as the number or boolean that it stands for; a body is taken as it is. */
const validator = (document: Document, coerceTypes: boolean): Ajv => {
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes, logger: false });
  (formats.default as unknown as (ajv: Ajv) => void)(ajv);
  return ajv.addSchema({ $id: ID, ...document });
};

/**
 * OpenAPI 3.0 in the terms of JSON Schema: `nullable` adds the type null, and read-only properties are not required of
 * a request. `discriminator` is left to the caller.
 */
const inJsonSchema = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'example' || key === 'examples' ? undefined : inJsonSchema(inner),
    ])
  ) as Json;
  const schema = notRequiringReadOnly(rest);
  if (nullable !== true) return schema;
  return { anyOf: [schema, { type: 'null' }] };
};

const notRequiringReadOnly = (schema: Json): Json => {
  const { required, properties } = schema;
  if (!Array.isArray(required) || typeof properties !== 'object' || properties === null) return schema;
  const readOnly = (name: string): boolean => ((properties as Json)[name] as Json | undefined)?.['readOnly'] === true;
  return { ...schema, required: required.filter((name: string) => !readOnly(name)) };
};

const problemsOf = (checker: Checker, { method, path, body }: CheckedRequest): string[] => {
  const url = new URL(path, 'https://org.example');
  const found = checker.find(method.toLowerCase(), url.pathname);
  if (!found) return [`no operation ${method} ${url.pathname}`];
  const { operation, parameters, values } = found;
  return [...checker.checkParameters(parameters, values, url.searchParams), ...checker.checkBody(operation, body)];
};

interface Found {
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  readonly values: Readonly<Record<string, string>>;
}

class Checker {
  readonly #document: Document;
  readonly #parameters: Ajv;
  readonly #bodies: Ajv;
  readonly #compiled = new Map<string, ValidateFunction>();

  public constructor(document: Document) {
    this.#document = document;
    this.#parameters = validator(document, true);
    this.#bodies = validator(document, false);
  }

  /** The operation whose template fits; among several the one with the fewest parameters, as OpenAPI demands. */
  public find(method: string, pathname: string): Found | undefined {
    const templates = Object.keys(this.#document.paths).sort((a, b) => a.split('{').length - b.split('{').length);
    for (const template of templates) {
      const item = this.#document.paths[template];
      const operation = item?.[method] as Operation | undefined;
      const values = item && operation && matchPath(template, pathname);
      if (!values) continue;
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) =>
        this.#parameter(one)
      );
      return { operation, parameters, values };
    }
    return undefined;
  }

  public checkParameters(
    declared: readonly Parameter[],
    values: Readonly<Record<string, string>>,
    query: URLSearchParams
  ): string[] {
    const ofQuery = declared.filter((one) => one.in === 'query');
    const strange = [...query.keys()].filter((name) => !ofQuery.some((one) => one.name === name));
    const missing = ofQuery.filter((one) => one.required === true && !query.has(one.name));
    const given = declared.flatMap((one) => {
      const value = one.in === 'path' ? values[one.name] : one.in === 'query' ? query.get(one.name) : undefined;
      return typeof value === 'string' && one.schema
        ? this.#check(this.#parameters, one.schema, value, `${one.in} parameter ${one.name}`)
        : [];
    });
    return [
      ...strange.map((name) => `query parameter ${name} is not declared`),
      ...missing.map(({ name }) => `query parameter ${name} is missing`),
      ...given,
    ];
  }

  public checkBody({ requestBody }: Operation, body: string | undefined): string[] {
    const schema = requestBody?.content['application/json']?.schema;
    if (body === undefined || body === '') return requestBody?.required === true ? ['the body is missing'] : [];
    if (!requestBody) return ['a body is not declared'];
    if (!schema) return [];
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      return ['the body is not JSON'];
    }
    return this.#check(this.#bodies, forApp(schema, value), withoutNulls(value), 'body');
  }

  #parameter(one: Parameter | { readonly $ref: string }): Parameter {
    if (!('$ref' in one)) return one;
    return this.#document.components['parameters']?.[one.$ref.split('/').at(-1) ?? ''] as Parameter;
  }

  /** The value is checked within an object, since only there can it be coerced. */
  #check(ajv: Ajv, schema: Json, value: unknown, what: string): string[] {
    const key = `${ajv === this.#bodies ? 'body' : 'parameter'} ${JSON.stringify(schema)}`;
    const validate =
      this.#compiled.get(key) ?? ajv.compile({ type: 'object', properties: { value: absolute(schema) } });
    this.#compiled.set(key, validate);
    if (validate({ value })) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${what}${instancePath.replace('/value', ' ')}: ${message}`
    );
  }
}

/**
 * Okta prints settings that are not set as null (recorded: `errorRedirectUrl`, `notes.admin`, `settings.app.loginUrl`),
 * and a full replace sends them back so, though the document knows no null there. Null counts as not sent.
 */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(given.map(([key, inner]) => [key, withoutNulls(inner)]));
};

/** The document tells kinds of apps apart by sign-on mode only, and leaves the kinds by name to the reader. */
const forApp = (schema: Json, value: unknown): Json => {
  if (schema['$ref'] !== '#/components/schemas/Application') return schema;
  const name = (value as Json | null)?.['name'];
  if (name === 'salesforce') return { $ref: '#/components/schemas/SalesforceApplication' };
  return name === 'bookmark' ? { $ref: '#/components/schemas/BookmarkApplication' } : schema;
};

const matchPath = (template: string, pathname: string): Record<string, string> | undefined => {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const pattern = template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '([^/]+)');
  const found = new RegExp(`^${pattern}$`).exec(pathname);
  return found
    ? Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]))
    : undefined;
};

/** References inside the document are meant from its root, wherever the schema is compiled. */
const absolute = (schema: Json): Json =>
  JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' && value.startsWith('#') ? `${ID}${value}` : value
  ) as Json;
