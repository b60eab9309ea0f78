/** What every route needs to read of a request. contracts/okta.md §7.2 */
import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Okta, OktaEnv } from './context.ts';
import { malformed } from './errors.ts';
import type { Json } from './records.ts';

/** Lets only these query parameters through; another one is unknown to the simulator, hence 501 and recorded. */
export const knows = ({ traffic }: Okta, ...names: readonly string[]): MiddlewareHandler<OktaEnv> =>
  createMiddleware<OktaEnv>(async (c, next) => {
    const strange = Object.keys(c.req.query()).filter((name) => !names.includes(name));
    if (strange.length === 0) return next();
    return traffic.refuseUnknown(`${c.req.method} ${c.req.path}?${strange.join('&')}`);
  });

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON object of the body; anything else, or nothing, is 400 E0000003. */
export const jsonBody = async (c: Context<OktaEnv>): Promise<Json> => {
  const text = await c.req.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed();
  }
  if (!isJson(value)) throw malformed();
  return value;
};

/** An inner object of a body, `{}` where there is none. */
export const inner = (body: Json, key: string): Json => {
  const value = body[key];
  return isJson(value) ? value : {};
};

export const textOf = (body: Json, key: string): string | undefined => {
  const value = body[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const without = (body: Json, ...keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)));
