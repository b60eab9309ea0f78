import type { Change } from '../engine/change.ts';
import { evidence, type Evidence } from './connection.ts';
import type { PairResource } from './context.ts';
import { oktaApp, type OktaApp } from './oktaApp.ts';

/** The evidence together with the Okta app that it is about. */
export interface Handshake {
  readonly found: Evidence;
  readonly app: OktaApp;
}

export const handshake: PairResource<Handshake> = {
  id: 'okta.handshake',
  read: async ({ see }) => {
    const [found, app] = await Promise.all([see(evidence), see(oktaApp)]);
    return { found, app };
  },
};

export const diffHandshake = ({ found }: Handshake): Change[] =>
  found.state === 'connected' ? [] : [{ path: 'okta.connection', from: found.state, to: 'connected' }];
