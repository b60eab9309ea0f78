/** The hunter itself: a hunt that cannot find is worth nothing. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { noSecrets, type Place } from '../helpers/noSecrets.ts';

const SECRET = '00D5j!T0KEN.of "someone"+/';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('noSecrets', () => {
  const finds = async (place: Place): Promise<boolean> =>
    noSecrets([SECRET], place).then(
      () => false,
      () => true
    );

  for (const [where, text] of [
    ['as it is', `Bearer ${SECRET}\n`],
    ['in a URL', `?token=${encodeURIComponent(SECRET)}&a=b`],
    ['in JSON', JSON.stringify({ token: SECRET })],
    ['in base64', base64(SECRET)],
    ['in base64 after one byte', base64(`:${SECRET}`)],
    ['in base64 after two bytes', base64(`a:${SECRET}:b`)],
    ['in base64 for URLs', base64(`key:${SECRET}`).replaceAll('+', '-').replaceAll('/', '_')],
  ] as const)
    it(`finds a secret ${where}`, async () => {
      expect(await finds(text)).to.equal(true);
    });

  it('finds a secret in a file of a folder below', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'canary-'));
    try {
      await mkdir(join(folder, '.sf'));
      await writeFile(join(folder, '.sf', 'log'), 'nothing');
      expect(await finds({ folder })).to.equal(false);
      await writeFile(join(folder, '.sf', 'log'), `x${SECRET}x`);
      expect(await finds({ folder })).to.equal(true);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('refuses to hunt for nothing, or for what is too short to mean anything', async () => {
    expect(await noSecrets([], 'text').catch((error: Error) => error.message)).to.include('proves nothing');
    expect(await noSecrets(['short'], 'text').catch((error: Error) => error.message)).to.include('too short');
  });
});
