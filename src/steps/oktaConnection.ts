/**
 * The connection between the two. Okta's published API has no way in for the key and secret (contracts/okta.md §0.1 3), so
 * a person enters them in the Admin Console; this step says how and watches both orgs until the evidence is there. Where the
 * API could connect the app with a key and secret that it has already, that way goes first.
 */
import { defineStep, WaitingForPerson, type Working } from '../engine/step.ts';
import type { World } from '../engine/world.ts';
import { isOauth, oktaLog, probe, readableLog } from '../resources/connection.ts';
import type { Context } from '../resources/context.ts';
import { switchingOnObstacles } from '../resources/features.ts';
import { grants, oauthLoginWindow } from '../resources/grants.ts';
import { diffHandshake, handshake, type Handshake } from '../resources/handshake.ts';
import { salesforceApps } from '../resources/oktaApp.ts';
import { DeclinedError } from './apiErrors.ts';
import { connectByApi, proveByApi } from './apiHandshake.ts';
import { consoleInstruction } from './consoleInstruction.ts';
import { poll } from './poll.ts';

export const oktaConnection = defineStep<Handshake, Context>({
  id: 'okta.connection',
  needs: ['salesforce.app', 'salesforce.app-policy', 'okta.app'],
  resource: handshake,
  affects: [grants, oauthLoginWindow, oktaLog, salesforceApps, probe],
  diff: diffHandshake,
  obstacles: ({ found, app }) => switchingOnObstacles(app, found),
  apply: async ({ state, world, working }) => {
    const { handshake: way } = world.context.intent;
    if (way === 'api' || (way === 'auto' && isOauth(state.probe))) {
      const tried = await connectByApi(world, working);
      if (tried === undefined) return proveByApi(world, working, await looking(world));
      if (way === 'api') throw new DeclinedError(tried);
    }
    return connectOnTheConsole(world, working);
  },
});

const connectOnTheConsole = async (world: World<Context>, working: Working): Promise<void> => {
  const { found: before } = await world.see(handshake);
  // Nothing that a person does on the page that is open would prove it: only a new handshake or a test does.
  if (before.state === 'unproven') throw new WaitingForPerson(await consoleInstruction(world, before));
  const again = await looking(world);
  await poll(world.context.patience, working, async () => {
    const { found } = await world.see(handshake);
    return found.state === 'connected' ? undefined : { instruction: await consoleInstruction(world, found), again };
  });
};

/** How to look again, in this run. */
const looking = async (world: World<Context>): Promise<() => Promise<void>> => {
  let logged = (await world.see(readableLog)).at(-1)?.uuid;
  return async () => {
    logged = await lookAgain(world, logged);
  };
};

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
