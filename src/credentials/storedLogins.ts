/**
 * The logins of `sf okta login`, in sf's own store: secrets encrypted with the key that `sf` keeps for its own tokens. The
 * library writes the file with the mode of the umask, so the mode is set after each write.
 */
import { chmod, stat } from 'node:fs/promises';
import { ConfigFile, Global } from '@salesforce/core';
import type { OktaCredential } from '../clients/okta/auth.ts';
import { Secret } from '../secret.ts';

export interface StoredLogin {
  readonly alias: string;
  readonly url: string;
  readonly credential: OktaCredential;
  readonly isDefault: boolean;
}

interface Entry {
  readonly alias: string;
  readonly url: string;
  readonly mode: 'token' | 'service-app';
  /** The token or the private key, encrypted. */
  readonly secret: string;
  readonly clientId?: string;
  readonly keyId?: string;
  readonly isDefault: boolean;
}

class LoginsFile extends ConfigFile<ConfigFile.Options> {
  protected static override encryptedKeys = ['secret'];

  public static override getFileName(): string {
    return 'okta-logins.json';
  }
}

const OPTIONS: ConfigFile.Options = {
  isGlobal: true,
  isState: true,
  stateFolder: Global.SF_STATE_FOLDER,
  filename: 'okta-logins.json',
};

export const readLogins = async (): Promise<StoredLogin[]> =>
  (await entriesOf(await LoginsFile.create(OPTIONS))).map(loginOf);

/** Keeps a login under its alias, in place of another of that name. */
export const storeLogin = async (login: StoredLogin): Promise<void> => {
  const file = await LoginsFile.create(OPTIONS);
  if (login.isDefault)
    for (const other of await entriesOf(file))
      if (other.isDefault) file.set(keyOf(other.alias), { ...other, isDefault: false });
  file.set(keyOf(login.alias), { ...entryOf(login) });
  await writePrivately(file);
};

/** Forgets logins by alias; those that there were. */
export const forgetLogins = async (aliases: readonly string[]): Promise<string[]> => {
  const file = await LoginsFile.create(OPTIONS);
  const gone = aliases.filter((alias) => file.unset(keyOf(alias)));
  if (gone.length > 0) await writePrivately(file);
  return gone;
};

/** An alias may hold characters that the store would read as a path into it. */
const keyOf = (alias: string): string => `login_${Buffer.from(alias).toString('hex')}`;

const entriesOf = async (file: LoginsFile): Promise<Entry[]> =>
  Object.values(file.getContents(true)).filter(
    (value): value is never => typeof value === 'object' && value !== null
  ) as Entry[];

const loginOf = ({ alias, url, mode, secret, clientId = '', keyId, isDefault }: Entry): StoredLogin => ({
  alias,
  url,
  isDefault,
  credential:
    mode === 'token'
      ? { mode, token: new Secret(secret) }
      : { mode, clientId, privateKey: new Secret(secret), ...(keyId ? { keyId } : {}) },
});

const entryOf = ({ alias, url, credential, isDefault }: StoredLogin): Entry => ({
  alias,
  url,
  isDefault,
  mode: credential.mode,
  ...(credential.mode === 'token'
    ? { secret: credential.token.reveal() }
    : {
        secret: credential.privateKey.reveal(),
        clientId: credential.clientId,
        ...(credential.keyId ? { keyId: credential.keyId } : {}),
      }),
});

const writePrivately = async (file: LoginsFile): Promise<void> => {
  const path = file.getPath();
  // A file that is there keeps its mode when it is written; a new one must not be readable for a moment either.
  if (await stat(path).catch(() => undefined)) await chmod(path, 0o600);
  const before = process.umask(0o077);
  try {
    await file.write();
  } finally {
    process.umask(before);
  }
  await chmod(path, 0o600);
};
