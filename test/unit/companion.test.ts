/** The companion page's server: who may see it, and what it never shows. */
import { request } from 'node:http';
import { expect } from 'chai';
import { startCompanion, type Companion } from '../../src/companion/index.ts';
import type { Task } from '../../src/engine/step.ts';
import { Secret } from '../../src/secret.ts';

const SECRET = 'S3CRET-consumer-secret-of-the-page';

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

describe('the companion page', () => {
  let page: Companion;
  let told: string[];
  let reads: number;
  let approval: string | undefined;
  beforeEach(async () => {
    [told, reads, approval] = [[], 0, undefined];
    page = await startCompanion({
      port: 0,
      endsAt: Date.now() + 60_000,
      command: 'sf okta provisioning setup',
      tell: (line) => told.push(line),
      approvalUrl: () => approval,
      consumer: {
        offered: () => true,
        reveal: async () => {
          reads += 1;
          return { key: 'key', secret: new Secret(SECRET) };
        },
      },
    });
  });
  afterEach(async () => page.end({ kind: 'waiting', message: '' }));

  const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(page.link);
      const asked = request(
        { host: '127.0.0.1', port, path, method, headers: { host: `127.0.0.1:${port}`, ...headers } },
        (answer) => {
          let body = '';
          const done = (): void => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
          answer.on('data', (chunk: Buffer) => {
            body += chunk.toString();
            if (path.endsWith('events')) {
              answer.destroy();
              done();
            }
          });
          answer.once('end', done);
        }
      );
      asked.once('error', reject);
      asked.end();
    });
  const linkPath = (): string => new URL(page.link).pathname;
  const origin = (): string => new URL(page.link).origin;
  /** The browser that opened the link: its cookie, and where it was sent. */
  const opened = async (): Promise<{ base: string; cookie: string }> => {
    const { headers } = await ask(linkPath());
    return { base: String(headers['location']), cookie: String(headers['set-cookie']).split(';')[0] ?? '' };
  };

  it('opens by its link once, and tells the terminal of a second try', async () => {
    const first = await ask(linkPath());
    expect(first.status).to.equal(303);
    expect(String(first.headers['set-cookie'])).to.match(/; Path=\/[\w-]{43}\/; HttpOnly; SameSite=Strict$/);
    expect((await ask(linkPath())).status).to.equal(403);
    expect(told.join()).to.include('a second time');
  });

  it('shows itself to the browser that opened it, in each of its tabs and after a reload', async () => {
    const { base, cookie } = await opened();
    for (const path of ['', '', 'style.css', 'script.js'])
      expect((await ask(base + path, { cookie })).status).to.equal(200);
  });

  it('gives the secret at the click, by POST from itself alone, and reads it no earlier', async () => {
    const { base, cookie } = await opened();
    await ask(base, { cookie });
    expect(reads).to.equal(0);
    const { status, body } = await ask(`${base}secret`, { cookie, origin: origin() }, 'POST');
    expect([status, body, reads]).to.deep.equal([200, JSON.stringify({ value: SECRET }), 1]);
  });

  it('gives the link of an approval at the click, by POST, while one is offered', async () => {
    const { base, cookie } = await opened();
    const click = async (): Promise<Answer> => ask(`${base}approve`, { cookie, origin: origin() }, 'POST');
    expect((await click()).status).to.equal(502);
    approval = 'https://acme.my.salesforce.com/services/oauth2/authorize?state=hidden';
    const { status, body } = await click();
    expect([status, body]).to.deep.equal([200, JSON.stringify({ url: approval })]);
    expect((await ask(`${base}approve`, { cookie })).status).to.equal(404);
    expect((await ask(`${base}events`, { cookie })).body).to.not.include('hidden');
  });

  const REFUSED: Array<[string, (own: { base: string; cookie: string }) => Parameters<typeof ask>]> = [
    ['without the cookie', ({ base }) => [`${base}secret`, { origin: origin() }, 'POST']],
    ['with another cookie', ({ base }) => [base, { cookie: 'companion=wrong' }]],
    ['with the cookie on a path that is not its own', ({ cookie }) => ['/', { cookie }]],
    ['by a link that was made up', () => ['/open/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', {}]],
    ['by a name that leads here (DNS rebinding)', ({ base, cookie }) => [base, { cookie, host: 'attacker.example' }]],
    [
      'by a name with our port',
      ({ base, cookie }) => [base, { cookie, host: `attacker.example:${new URL(page.link).port}` }],
    ],
    ['from another origin', ({ base, cookie }) => [`${base}secret`, { cookie, origin: 'http://127.0.0.1:1' }, 'POST']],
    ['by a POST without an origin', ({ base, cookie }) => [`${base}secret`, { cookie }, 'POST']],
    ['from the page of another site', ({ base, cookie }) => [base, { cookie, 'sec-fetch-site': 'cross-site' }]],
    ['from another port of this machine', ({ base, cookie }) => [base, { cookie, 'sec-fetch-site': 'same-site' }]],
  ];
  for (const [what, asking] of REFUSED)
    it(`refuses a request ${what}`, async () => {
      const { status, body } = await ask(...asking(await opened()));
      expect([status, body, reads]).to.deep.equal([403, 'Refused.\n', 0]);
    });

  it('never gives the secret to a GET', async () => {
    const { base, cookie } = await opened();
    expect((await ask(`${base}secret`, { cookie })).status).to.equal(404);
  });

  it('lets nothing in from elsewhere, keeps nothing and tells other sites nothing', async () => {
    const { base, cookie } = await opened();
    for (const path of ['', 'script.js', 'nowhere']) {
      const { headers } = await ask(base + path, { cookie });
      expect(headers['content-security-policy']).to.include("default-src 'none'").and.not.include('unsafe');
      expect(headers).to.include({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
      });
    }
  });

  it('has no secret in its source, its stream or its link', async () => {
    const { base, cookie } = await opened();
    const task: Task = {
      id: 'enter',
      step: 'okta.connection',
      title: 'Enter',
      state: 'open',
      lines: [],
      values: [{ name: 'Secret' }],
    };
    page.show({
      type: 'waiting',
      step: 'okta.connection',
      instruction: { summary: 's', details: [], tasks: [task] },
      final: false,
    });
    await ask(`${base}secret`, { cookie, origin: origin() }, 'POST');
    const texts = await Promise.all(
      ['', 'style.css', 'script.js', 'events'].map(async (path) => (await ask(base + path, { cookie })).body)
    );
    expect(texts[3]).to.include('"Enter"');
    expect(texts.join() + page.link + told.join()).to.not.include('S3CRET');
  });

  it('says that a port is taken, and what to do', async () => {
    const port = Number(new URL(page.link).port);
    const options = { port, endsAt: 0, command: '', tell: () => {} };
    const error = await startCompanion(options).catch((one: unknown) => one as Error);
    expect((error as Error).message)
      .to.include(`port ${port}`)
      .and.include('EADDRINUSE');
  });
});
