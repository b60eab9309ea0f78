import type { Change } from '../engine/change.ts';
import { evidence, probe, type Evidence, type Probe } from './connection.ts';
import type { PairResource } from './context.ts';
import { oktaApp, type OktaApp } from './oktaApp.ts';

/** The evidence, what Okta says of the connection, and the Okta app that both are about. */
export interface Handshake {
  readonly found: Evidence;
  readonly probe: Probe;
  readonly app: OktaApp;
}

export const handshake: PairResource<Handshake> = {
  id: 'okta.handshake',
  read: async ({ see }) => {
    const [found, probed, app] = await Promise.all([see(evidence), see(probe), see(oktaApp)]);
    return { found, probe: probed, app };
  },
};

export const diffHandshake = ({ found }: Handshake): Change[] =>
  found.state === 'connected' ? [] : [{ path: 'okta.connection', from: found.state, to: 'connected' }];
