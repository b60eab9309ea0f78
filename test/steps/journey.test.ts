import { expect } from 'chai';
import { Pair, typesOf } from '../helpers/pair.ts';

describe('setup', () => {
  let pair: Pair;
  beforeEach(async () => {
    pair = await Pair.start();
  });
  afterEach(async () => pair.stop());

  const ALL = {
    'salesforce.org': 'unchanged',
    'salesforce.user': 'unchanged',
    'salesforce.app': 'unchanged',
    'salesforce.app-policy': 'unchanged',
    'okta.app': 'unchanged',
    'salesforce.app-known': 'unchanged',
    'okta.connection': 'unchanged',
    'okta.features': 'unchanged',
  };

  it('takes two orgs that know nothing of each other to a proven connection', async () => {
    expect(typesOf(await pair.connect())).to.deep.equal({
      ...ALL,
      'salesforce.app': 'changed',
      'okta.app': 'changed',
      'okta.connection': 'changed',
    });
    expect(pair.counts()).to.deep.equal({ oauthApps: 1, oktaApps: 1, grants: 1 });
  });

  it('changes nothing when it is run again', async () => {
    await pair.connect();
    const before = pair.sim.salesforce.snapshot() + pair.sim.okta.snapshot();
    const requests = await pair.requestsOf(async () => {
      expect(typesOf(await pair.setup())).to.deep.equal(ALL);
    });
    expect(requests).to.not.be.empty;
    expect(requests.filter(({ write }) => write)).to.deep.equal([]);
    expect(pair.sim.salesforce.snapshot() + pair.sim.okta.snapshot()).to.equal(before);
  });

  it('prepares both orgs and ends waiting when nobody has time to wait', async () => {
    expect(typesOf(await pair.setup())).to.deep.equal({
      ...ALL,
      'salesforce.app': 'changed',
      'okta.app': 'changed',
      'okta.connection': 'waiting',
      'okta.features': 'skipped',
    });
  });

  it('goes on from where people left off, on any machine', async () => {
    await pair.setup();
    await pair.peopleConnect();
    pair.journal.length = 0;
    expect(typesOf(await pair.setup())).to.deep.equal(ALL);
  });

  it('writes nothing in a dry run, and plans what a run then does', async () => {
    let planned: Awaited<ReturnType<typeof pair.preview>> = {};
    const requests = await pair.requestsOf(async () => {
      planned = await pair.preview();
    });
    expect(typesOf(planned)).to.deep.equal({
      ...ALL,
      'salesforce.app': 'planned',
      'salesforce.app-policy': 'skipped',
      'okta.app': 'planned',
      'salesforce.app-known': 'skipped',
      'okta.connection': 'planned',
      'okta.features': 'skipped',
    });
    expect(requests).to.not.be.empty;
    expect(requests.filter(({ write }) => write)).to.deep.equal([]);
    const changes = (event: unknown): unknown => (event as { changes: unknown }).changes;
    const done = await pair.setup();
    expect(changes(done['salesforce.app'])).to.deep.equal(changes(planned['salesforce.app']));
    expect(changes(done['okta.app'])).to.deep.equal(changes(planned['okta.app']));
  });

  it('leaves the handshake out with --handshake none', async () => {
    const events = typesOf(await pair.setup({ handshake: 'none' }));
    expect(events).to.not.have.property('okta.connection');
    expect(pair.counts()).to.deep.equal({ oauthApps: 1, oktaApps: 1, grants: 0 });
  });

  it('demands a new approval with --reauthenticate, though the pair is connected', async () => {
    await pair.connect();
    expect(typesOf(await pair.setup({ reauthenticate: true }))['okta.connection']).to.equal('waiting');
    expect(typesOf(await pair.connect({ reauthenticate: true }))['okta.connection']).to.equal('changed');
    expect(pair.counts().grants).to.equal(2);
  });

  it('does not ask Okta for the app again while nothing tells of an update', async () => {
    const idle = async (): Promise<void> => {};
    const requests = await pair.requestsOf(async () =>
      pair.setup({}, [idle, idle, idle, idle, async () => pair.peopleConnect()])
    );
    const lists = requests.filter(({ operation }) => operation === 'GET /api/v1/apps');
    // Before the first write, after the app was made, once its log told of a Save, and to read back at the end.
    expect(lists).to.have.length(4);
  });
});
