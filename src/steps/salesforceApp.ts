/** The OAuth app and its settings, of either kind. */
import { defineStep } from '../engine/step.ts';
import type { Context } from '../resources/context.ts';
import { connectedApps } from '../resources/connectedApps.ts';
import { listedExternalClientApps, listedPolicies } from '../resources/externalClientApps.ts';
import { foundOfApp } from '../resources/found.ts';
import { diffOauthApp, oauthApp, oauthAppObstacles, type OauthApp } from '../resources/oauthApp.ts';
import { appRemedies } from '../resources/appRemedies.ts';
import { writerOf } from './appWriter.ts';

export const salesforceApp = defineStep<OauthApp, Context>({
  id: 'salesforce.app',
  needs: ['salesforce.org'],
  resource: oauthApp,
  affects: [listedExternalClientApps, listedPolicies, connectedApps],
  diff: (state, { intent }) => diffOauthApp(state, intent),
  remedies: (change, { intent }) => appRemedies(change, intent.oauthApp),
  obstacles: (state, { intent }) => oauthAppObstacles(state, intent),
  found: foundOfApp,
  facts: ({ app }): Record<string, string> =>
    app?.consumerKey ? { 'salesforce.app.consumer-key': app.consumerKey } : {},
  apply: async ({ state: { app }, changes, world }) => {
    const writer = writerOf(world.context.intent.oauthApp.type);
    if (app) await writer.writeSettings(world, app, changes);
    else await writer.create(world);
  },
});
