/**
 * The connection between the two. Okta's published API has no way in for the key and secret (contracts/okta.md §0.1 3), so
 * a person enters them in the Admin Console; this step says how and watches both orgs until the evidence is there.
 */
import { defineStep, WaitingForPerson } from '../engine/step.ts';
import type { World } from '../engine/world.ts';
import { oktaLog, readableLog } from '../resources/connection.ts';
import type { Context } from '../resources/context.ts';
import { switchingOnObstacles } from '../resources/features.ts';
import { grants, oauthLoginWindow } from '../resources/grants.ts';
import { diffHandshake, handshake, type Handshake } from '../resources/handshake.ts';
import { salesforceApps } from '../resources/oktaApp.ts';
import { consoleInstruction } from './consoleInstruction.ts';
import { poll } from './poll.ts';

export const oktaConnection = defineStep<Handshake, Context>({
  id: 'okta.connection',
  needs: ['salesforce.app', 'salesforce.app-policy', 'okta.app'],
  resource: handshake,
  affects: [grants, oauthLoginWindow, oktaLog, salesforceApps],
  diff: diffHandshake,
  obstacles: ({ found, app }) => switchingOnObstacles(app, found),
  apply: async ({ state, world, working }) => {
    // Nothing that a person does on the page that is open would prove it: only a new handshake or a test does.
    if (state.found.state === 'unproven') throw new WaitingForPerson(await consoleInstruction(world, state.found));
    let logged = (await world.see(readableLog)).at(-1)?.uuid;
    await poll(world.context.patience, working, async () => {
      const { found } = await world.see(handshake);
      if (found.state === 'connected') return undefined;
      const again = async (): Promise<void> => {
        logged = await lookAgain(world, logged);
      };
      return { instruction: await consoleInstruction(world, found), again };
    });
  },
});

/**
 * Forgets no more than what can have moved, and tells the newest event of Okta's log. Okta's app is read again only when there
 * is a newer one: on free orgs ten reads of apps a minute are all that Okta allows (contracts/okta.md §7.4).
 */
const lookAgain = async (world: World<Context>, loggedBefore: string | undefined): Promise<string | undefined> => {
  world.forget(grants, oauthLoginWindow, oktaLog);
  const logged = (await world.see(readableLog)).at(-1)?.uuid;
  if (logged !== loggedBefore) world.forget(salesforceApps);
  return logged;
};
