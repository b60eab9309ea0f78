/** One place that credentials can come from, as it was found. A source is used whole: URL and secret never come from two. */
import type { OktaCredential } from '../clients/okta/auth.ts';
import { InputError } from '../errors.ts';
import { keyIdOf, privateKeyFrom, tokenFrom } from './secretText.ts';

export interface Candidate {
  /** In words, for messages. */
  readonly name: string;
  /** How to do without it. */
  readonly without: string;
  readonly url: string;
  /** Reads and checks the secret; not before the source was chosen. */
  readonly credential: () => OktaCredential;
}

/** Something is there, but not all of it. */
export interface Incomplete {
  readonly has: readonly string[];
  readonly advice: string;
}

export type Found = Candidate | Incomplete | undefined;

export const isComplete = (found: Found): found is Candidate => found !== undefined && 'url' in found;

/** The values of one source under the source's own names of them. */
export interface Values {
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly clientId: string | undefined;
  readonly privateKey: string | undefined;
  readonly keyId: string | undefined;
  /** `SSWS` or `PrivateKey`, where the source has a word for it. */
  readonly mode?: string | undefined;
}
export type Names = Readonly<Record<keyof Values, string>>;

/** Makes the one credential of a source of its values, or says what is missing or contradicts itself. */
export const candidateOf = (values: Values, names: Names, without: string): Found => {
  const has = (['url', 'token', 'clientId', 'privateKey'] as const).filter((key) => values[key]);
  if (has.length === 0) return undefined;
  const modes = modesOf(values, names);
  const complete = modes.filter((needed) => needed.every((key) => values[key]));
  const [mode] = complete;
  if (complete.length > 1) throw ambiguous(names);
  if (!mode) {
    const lacks = modes.map((needed) =>
      needed
        .filter((key) => !values[key])
        .map((key) => names[key])
        .join(' and ')
    );
    return { has: has.map((key) => names[key]), advice: `Set ${lacks.join(', or ')} too, or ${without}.` };
  }
  return {
    name: mode
      .map((key) => names[key])
      .join(', ')
      .replace(/, ([^,]+)$/, ' and $1'),
    without,
    url: values.url ?? '',
    credential: () => (mode === TOKEN ? tokenCredential(values, names) : serviceApp(values, names)),
  };
};

const TOKEN = ['url', 'token'] as const;
const SERVICE_APP = ['url', 'clientId', 'privateKey'] as const;

const modesOf = ({ mode }: Values, names: Names): Array<typeof TOKEN | typeof SERVICE_APP> => {
  if (!mode) return [TOKEN, SERVICE_APP];
  if (mode.toLowerCase() === 'ssws') return [TOKEN];
  if (mode.toLowerCase() === 'privatekey') return [SERVICE_APP];
  throw new InputError(`${names.mode} "${mode}" is not supported.`, [`Set ${names.mode} to SSWS or PrivateKey.`]);
};

const ambiguous = (names: Names): InputError =>
  new InputError(`${names.token} and ${names.privateKey} are both set, and only one can be meant.`, [
    `Unset ${names.token}, or ${names.clientId} and ${names.privateKey}${names.mode ? `, or set ${names.mode}` : ''}.`,
  ]);

const tokenCredential = ({ token = '' }: Values, names: Names): OktaCredential => ({
  mode: 'token',
  token: tokenFrom(token, names.token),
});

const serviceApp = ({ clientId = '', privateKey = '', keyId }: Values, names: Names): OktaCredential => {
  const key = privateKeyFrom(privateKey, names.privateKey);
  const kid = keyId ?? keyIdOf(key);
  return { mode: 'service-app', clientId, privateKey: key, ...(kid ? { keyId: kid } : {}) };
};
