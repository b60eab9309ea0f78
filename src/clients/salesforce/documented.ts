import { z } from 'zod';
import { SalesforceApiError } from './errors.ts';

/**
 * The client, with every answer that is not as documented told in our words: a proxy that answers in JSON, or a Salesforce that
 * has changed. What zod throws names fields, but no call and no way out.
 */
export const documented = <T extends object>(client: T): T =>
  Object.fromEntries(
    Object.entries(client).map(([name, member]) => [name, isCall(member) ? told(name, member) : member])
  ) as T;

type Call = (...args: unknown[]) => unknown;

const isCall = (member: unknown): member is Call => typeof member === 'function';

const told =
  (name: string, call: Call): Call =>
  (...args) => {
    const answer = call(...args);
    return answer instanceof Promise ? answer.catch((error: unknown) => rethrow(name, error)) : answer;
  };

const rethrow = (name: string, error: unknown): never => {
  if (!(error instanceof z.ZodError)) throw error;
  const [issue] = error.issues;
  throw new SalesforceApiError(
    `the call "${name}"`,
    'UNEXPECTED_ANSWER',
    `${String(issue?.path.at(-1) ?? 'the answer')} is not as its API documents; a proxy or a sign-in page may be in between`
  );
};
