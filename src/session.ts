/** The composition root: an org login and an Intent → clients, the world they show, and the journal. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Global, type Org } from '@salesforce/core';
import { createOktaClient } from './clients/okta/client.ts';
import { createSalesforceClient } from './clients/salesforce/client.ts';
import { Journal } from './engine/journal.ts';
import { openJournalFile } from './engine/journalFile.ts';
import { World } from './engine/world.ts';
import type { Intent } from './intent.ts';
import type { Context, Patience } from './resources/context.ts';
import { grants } from './resources/grants.ts';
import { newest } from './resources/connection.ts';
import { targetOrg } from './resources/targetOrg.ts';

interface SessionOptions {
  readonly apiVersion?: string | undefined;
  /** Minutes to wait for a person or a vendor, in all. */
  readonly waitMinutes: number;
  readonly signal: AbortSignal;
}

/** Both orgs, ready to be looked at. Asks neither of them anything yet. */
export const openWorld = (org: Org, intent: Intent, { apiVersion, waitMinutes, signal }: SessionOptions): World<Context> =>
  new World({
    salesforce: createSalesforceClient(org.getConnection(apiVersion), signal),
    okta: createOktaClient({ url: intent.okta.url, token: intent.okta.token, signal }),
    intent,
    patience: patienceFor(waitMinutes, signal),
  });

/** With `--reauthenticate`: the same world, in which only what comes from now on counts as an approval. */
export const fromNowOn = async (world: World<Context>): Promise<World<Context>> => {
  const last = newest(await world.see(grants))?.grantedAt;
  return last === undefined ? world : new World({ ...world.context, grantsAfter: last });
};

/** The journal of the pair, locked until it is closed. */
export const openJournal = async (world: World<Context>): Promise<Journal> => {
  const { id: orgId } = await world.see(targetOrg);
  const oktaHost = new URL(world.context.okta.url).host;
  return new Journal(await openJournalFile(join(Global.SF_DIR, 'okta-provisioning'), { orgId, oktaHost }));
};

const patienceFor = (minutes: number, signal: AbortSignal): Patience => {
  const deadline = performance.now() + minutes * 60_000;
  const left = (): number => deadline - performance.now();
  return {
    over: () => left() <= 0,
    pause: async (milliseconds) => {
      if (left() <= 0) return false;
      await sleep(Math.min(milliseconds, left()), undefined, { signal });
      return true;
    },
  };
};
