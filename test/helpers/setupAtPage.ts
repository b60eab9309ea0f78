/** `setup` as at a terminal of a person who has its companion page before them: the real command, its page on a real port. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { captureOutput } from '@oclif/test';
import type { Config } from '@oclif/core';
import type { Pause } from '../../src/clients/pause.ts';
import type { SetupReport } from '../../src/report/report.ts';
import type { Pair } from './pair.ts';
import { CaughtSetup, logIn, runCaught, simulatedPause, type Outcome } from './pairCommands.ts';

const LINK = /^ *(?:\d+\. )?(http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]+)$/m;
/** Pauses after the person is done: a run that goes on for longer waits for what nobody will do. */
const ENOUGH = 200;

/** What a button of the page gets. */
export interface Click {
  readonly status: number;
  readonly body: string;
}
export type AtPage = (clickForSecret: () => Promise<Click>) => Promise<void>;

/** What is shown, and what the person does in the first pause with the page open. */
let shown: string[] = [];
let person: AtPage = async () => {};

let pauses = 0;

class SetupAtPage extends CaughtSetup {
  protected override get interactive(): boolean {
    return true;
  }

  protected override readonly pause: Pause = async (...args) => {
    await simulatedPause(...args);
    const link = LINK.exec(shown.join('\n'))?.[1];
    if (link !== undefined) pauses += 1;
    if (link !== undefined && pauses === 1) await person(await pageAt(link));
    if (pauses > ENOUGH) this.exit(130);
  };

  protected override print(lines: readonly string[]): void {
    shown.push(...lines);
  }
}

/** Opens the page as a browser does, and gives its button for the secret. */
const pageAt = async (link: string): Promise<() => Promise<Click>> => {
  const { headers } = await fetch(link, { redirect: 'manual' });
  const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const secret = new URL(`${headers.get('location') ?? ''}secret`, link);
  return async () => {
    const answer = await fetch(secret, { method: 'POST', headers: { cookie, origin: secret.origin } });
    return { status: answer.status, body: await answer.text() };
  };
};

const freePort = async (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** Runs it to its end, with what was shown; `act` is what the person does. */
export const setupAtPage = async (
  pair: Pair,
  argv: readonly string[],
  act: AtPage
): Promise<Outcome<SetupReport> & { readonly shown: string }> => {
  await logIn(pair);
  [shown, person, pauses] = [[], act, 0];
  const command = {
    run: async (words: string[], config: Config): Promise<unknown> => SetupAtPage.run(words, config),
  };
  const before = process.env['SSH_CONNECTION'];
  process.env['SSH_CONNECTION'] = '10.0.0.1 50000 10.0.0.2 22'; // no browser is started
  try {
    const port = await freePort();
    const { result, error } = await captureOutput<Outcome<SetupReport>>(async () =>
      runCaught<SetupReport>(command, pair, [...argv, '--no-prompt', '--companion-port', String(port)])
    );
    if (!result) throw error ?? new Error('setup gave no result');
    return { ...result, shown: shown.join('\n') };
  } finally {
    if (before === undefined) delete process.env['SSH_CONNECTION'];
    else process.env['SSH_CONNECTION'] = before;
  }
};
