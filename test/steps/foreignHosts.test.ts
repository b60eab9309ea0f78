/** Another host, to which an answer leads: it is never asked anything, and the command says where it was led. */
import { expect } from 'chai';
import type { Fault } from '../../src/simulator/index.ts';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld as salesforceWorld } from '../../src/simulator/salesforce/index.ts';
import { startForeignHost, type ForeignHost } from '../helpers/foreignHost.ts';
import { Pair } from '../helpers/pair.ts';
import { setupCommand, verifyCommand } from '../helpers/pairCommands.ts';
import { serviceApp } from '../helpers/serviceApp.ts';

type Vendor = 'okta' | 'salesforce';

describe('an answer that leads to another host', () => {
  let pair: Pair;
  let foreign: ForeignHost;
  let host: string;
  beforeEach(async () => {
    const okta = (): ReturnType<typeof oktaWorld> => ({ ...oktaWorld(), connection: 'api-supported' });
    pair = await Pair.start({ scenario: { salesforce: salesforceWorld, okta } });
    foreign = await startForeignHost();
    ({ host } = foreign);
  });
  afterEach(async () => {
    foreign.close();
    await pair.stop();
  });

  const redirect = (vendor: Vendor, on: Fault['on'], status: 302 | 307 = 302, times = 1): (() => void) =>
    pair.sim[vendor].fail({ on, with: { redirect: `http://${host}/taken`, status }, times });
  const told = ({ json }: { json: { message?: string; actions?: string[] } }): string =>
    `${json.message ?? ''} ${json.actions?.join(' ') ?? ''}`;

  const READS: ReadonlyArray<[vendor: Vendor, on: Fault['on']]> = [
    ['okta', /./],
    ['okta', 'GET /api/v1/apps'],
    ['okta', 'GET /.well-known/okta-organization'],
    ['salesforce', /./],
    ['salesforce', /^GET .*FROM Organization/],
    ['salesforce', /^POST \/services\/Soap\/m\//],
  ];
  for (const [vendor, on] of READS)
    for (const status of [302, 307] as const)
      it(`by ${status} of ${vendor} to ${String(on)} ends setup with one error that names the host`, async () => {
        redirect(vendor, on, status, Infinity);
        const ended = await setupCommand(pair);
        expect(ended.exitCode).to.equal(1);
        expect(told(ended)).to.include(`a redirect to ${host}, which is not followed`);
        expect(told(ended)).to.match(/run the same command again|OKTA_CLIENT_ORGURL/);
        expect(foreign.asked).to.deep.equal([]);
      });

  for (const vendor of ['okta', 'salesforce'] as const)
    it(`is followed by verify no more than by setup, on the side of ${vendor}`, async () => {
      redirect(vendor, /./, 302, Infinity);
      const ended = await verifyCommand(pair);
      expect(ended.exitCode).to.be.oneOf([1, 69, 100]);
      expect(JSON.stringify(ended.json)).to.include(`a redirect to ${host}, which is not followed`);
      expect(foreign.asked).to.deep.equal([]);
    });

  it('is not followed by the token request of a service app', async () => {
    const app = serviceApp();
    pair.sim.okta.store.serviceApps.push(app.record);
    pair.oktaEnvironment = app.environment(pair.sim.okta.url);
    redirect('okta', 'POST /oauth2/v1/token', 307, Infinity);
    const { 'okta.app': event } = await pair.setup();
    expect(event?.type === 'failed' && event.error.message).to.include(`a redirect to ${host}`);
    expect(foreign.asked).to.deep.equal([]);
  });

  const WRITES: ReadonlyArray<[vendor: Vendor, on: Fault['on'], step: string]> = [
    ['okta', 'POST /api/v1/apps', 'okta.app'],
    ['salesforce', /^POST \/services\/Soap\/m\/.*createMetadata/s, 'salesforce.app'],
  ];
  for (const [vendor, on, step] of WRITES)
    for (const status of [302, 307] as const)
      it(`by ${status} to ${String(on)} is no success: the step ${step} fails, and nothing was made`, async () => {
        redirect(vendor, on, status);
        const { [step]: event } = await pair.setup();
        expect(event?.type).to.equal('failed');
        expect(event?.type === 'failed' && event.error.message).to.include(`a redirect to ${host}`);
        expect(vendor === 'okta' ? pair.counts().oktaApps : pair.counts().oauthApps).to.equal(0);
        expect(foreign.asked).to.deep.equal([]);
      });

  it('is not followed as the next page of a list of Okta', async () => {
    const change = (answer: Response): Response => {
      const headers = new Headers(answer.headers);
      headers.set('link', `<http://${host}/api/v1/apps?after=1>; rel="next"`);
      return new Response(answer.body, { status: answer.status, headers });
    };
    pair.sim.okta.fail({ on: 'GET /api/v1/apps', with: { change } });
    const ended = await setupCommand(pair);
    expect(ended.exitCode).to.equal(1);
    expect(told(ended)).to.include(`its next page is on another host, ${host}`);
    expect(foreign.asked).to.deep.equal([]);
  });

  for (const next of ['http://HOST/services/data/v67.0/query/01g-2000', '//HOST/services/data/v67.0/query/01g-2000'])
    it(`is not followed as the next page of a query of Salesforce, ${next}`, async () => {
      const change = async (answer: Response): Promise<Response> => {
        const body = (await answer.json()) as object;
        return Response.json({ ...body, done: false, nextRecordsUrl: next.replace('HOST', host) });
      };
      pair.sim.salesforce.fail({ on: /^GET .*FROM Organization/, by: 'sfdx toolbelt', with: { change } });
      const ended = await setupCommand(pair);
      expect(ended.exitCode).to.equal(1);
      expect(told(ended)).to.include('its next page is not on this org');
      expect(foreign.asked).to.deep.equal([]);
    });
});
