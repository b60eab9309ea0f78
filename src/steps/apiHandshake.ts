/**
 * The handshake by Okta's published API. contracts/okta.md §2.4, §2.5, §14. UNCONFIRMED that Okta offers it for this app: what
 * it answers decides, and where it declines, the console path goes on.
 * - POST the connection, judge the link, have a person approve, bring Okta the code where it asks for it, activate
 * - an approval that is there is used, never doubled: a run that was killed goes on from it
 * - nothing is posted to a connection that is on where nobody is there to approve: Okta may switch it off for that
 */
import { OktaUnreachableError } from '../clients/okta/errors.ts';
import { WaitingForPerson, type Working } from '../engine/step.ts';
import type { World } from '../engine/world.ts';
import { ownLink, readReturned, type Ours } from '../resources/authorizeLink.ts';
import { classify, isOauth, isRefused, probe, refusedBy, type Probe } from '../resources/connection.ts';
import type { Context, Offer } from '../resources/context.ts';
import { grants, oauthLoginWindow } from '../resources/grants.ts';
import { handshake } from '../resources/handshake.ts';
import { oauthApp } from '../resources/oauthApp.ts';
import { oktaApp, salesforceApps } from '../resources/oktaApp.ts';
import { oktaOrg } from '../resources/oktaOrg.ts';
import { targetOrg } from '../resources/targetOrg.ts';
import { ApprovalNotTakenError } from './apiErrors.ts';
import { apiInstruction, nobodyThere } from './apiInstruction.ts';
import { namesOf } from './consoleNames.ts';
import { poll } from './poll.ts';

/** Up to a connection that is on; whether it works is told by the evidence. Returns why Okta declines, where it does. */
export const connectByApi = async (world: World<Context>, working: Working): Promise<string | undefined> => {
  const tried: string[] = [];
  const { found, probe: probed, app } = await world.see(handshake);
  if (app.kind !== 'found') return 'there is no Okta app to connect';
  tried.push(`GET connections/default answered ${inWords(probed)}`);
  const begun = probed.kind === 'supported' ? undefined : await begin(world, app.app.id);
  if (begun) tried.push(`POST connections/default answered ${inWords(begun)}`);
  if (!isOauth(begun ?? probed)) return tried.join('; ');
  if (!found.grant) {
    if (!world.context.desk || world.context.patience.over())
      throw new WaitingForPerson(await nobodyThere(world, found));
    const supported = begun ?? (await begin(world, app.app.id));
    if (!begun) tried.push(`POST connections/default answered ${inWords(supported)}`);
    if (!isOauth(supported) || supported.link === undefined) return tried.join('; ');
    await approve(world, working, app.app.id, ownLink(supported.link, await ours(world)));
  }
  const refused = await activate(world, app.app.id);
  if (refused === undefined) return undefined;
  return [...tried, `POST connections/default/lifecycle/activate answered ${refused}`].join('; ');
};

/** Waits until both orgs prove it. */
export const proveByApi = async (world: World<Context>, working: Working, look: () => Promise<void>): Promise<void> =>
  poll(world.context.patience, working, async () => {
    const { found } = await world.see(handshake);
    return found.state === 'connected'
      ? undefined
      : { instruction: await apiInstruction(world, found, 'proof'), again: look };
  });

const inWords = (answer: Probe): string => {
  if (answer.kind === 'refused') return `with a refusal (${answer.reason})`;
  if (answer.kind === 'not-observable') return 'UNKNOWN';
  return `${answer.scheme}, ${answer.enabled ? 'ENABLED' : 'DISABLED'}, with ${answer.link === undefined ? 'no' : 'a'} link to approve`;
};

const ours = async (world: World<Context>): Promise<Ours> => {
  const [{ kind, instanceUrl }, { app }] = await Promise.all([world.see(targetOrg), world.see(oauthApp)]);
  return { instanceUrl, kind, consumerKey: app?.consumerKey, callbackUrl: world.context.intent.oauthApp.callbackUrl };
};

/** Asks for an approval to begin. Where the answer is lost, what can be read tells; a second POST would be a second attempt. */
const begin = async (world: World<Context>, appId: string): Promise<Probe> => {
  try {
    return classify(await world.context.okta.authorizeConnection(appId));
  } catch (error) {
    if (isRefused(error)) return refusedBy(error);
    if (!(error instanceof OktaUnreachableError)) throw error;
    world.forget(probe);
    const read = await world.see(probe);
    if (read.kind === 'supported' && read.link !== undefined) return read;
    throw error;
  } finally {
    world.forget(probe);
  }
};

/** Offers the link, and ends when the approval is in Salesforce. */
const approve = async (world: World<Context>, working: Working, appId: string, link: URL): Promise<void> => {
  const [before, { username }, { url, canonicalUrl }] = await Promise.all([
    world.see(handshake),
    namesOf(world),
    world.see(oktaOrg),
  ]);
  const expected = { oktaUrls: [url, canonicalUrl], appId, state: link.searchParams.get('state') };
  working.waiting(await apiInstruction(world, before.found, 'approve'));
  const offer = world.context.desk?.offer(link, username);
  try {
    let used = false;
    await poll(world.context.patience, working, async () => {
      const { found } = await world.see(handshake);
      if (found.grant) return undefined;
      const instruction = await apiInstruction(world, found, 'approve');
      const byAnother = found.otherUsers.some((id) => !before.found.otherUsers.includes(id));
      if (offer?.declined() || byAnother || (used && found.otherUsers.length > 0))
        throw new WaitingForPerson(instruction);
      const again = async (): Promise<void> => {
        const brought = offer?.returned();
        if (brought !== undefined) used = await finish(world, appId, readReturned(brought, expected), offer);
        world.forget(grants, oauthLoginWindow);
      };
      return { instruction, again, sooner: offer?.news() };
    });
  } finally {
    offer?.withdraw();
  }
};

/** Brings Okta the code. A lost answer is no matter: the approval shows in Salesforce, or it does not. */
const finish = async (
  world: World<Context>,
  appId: string,
  returned: ReturnType<typeof readReturned>,
  offer: Offer | undefined
): Promise<boolean> => {
  if ('problem' in returned) {
    offer?.refuse(returned.problem);
    return false;
  }
  try {
    await world.context.okta.finishAuthorization(appId, returned.query);
  } catch (error) {
    if (isRefused(error)) throw new ApprovalNotTakenError(error.message);
    if (!(error instanceof OktaUnreachableError)) throw error;
  }
  return true;
};

/** Returns why Okta refuses, where it does. */
const activate = async (world: World<Context>, appId: string): Promise<string | undefined> => {
  try {
    await world.context.okta.activateConnection(appId);
    return undefined;
  } catch (error) {
    if (isRefused(error)) return error.message;
    if (!(error instanceof OktaUnreachableError)) throw error;
    world.forget(probe);
    const read = await world.see(probe);
    if (read.kind === 'supported' && read.enabled) return undefined;
    throw error;
  } finally {
    world.forget(probe, salesforceApps, oktaApp, grants, oauthLoginWindow);
  }
};
