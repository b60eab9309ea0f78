/** How the worlds are travelled in which Salesforce is another than usual. */
import { INTEGRATION_USER, type Simulator } from '../simulator/index.ts';
import type { ChildResult } from './child.ts';
import type { Journey, Traveller } from './journeys.ts';
import { connectOnTheConsoles, unfreeze } from './people.ts';

const command = (name: 'setup' | 'verify', sim: Simulator, more: readonly string[]): string[] => [
  'okta',
  'provisioning',
  name,
  '--callback-url',
  sim.callbackUrl,
  ...more,
];

/** The line of `setup` that says that people must connect the two orgs. */
const CONNECT = /^waiting +Okta connected/;

interface Company {
  readonly flags?: readonly string[];
  readonly user?: { readonly username: string; readonly password: string };
  readonly kind?: 'external-client-apps' | 'connected-apps';
}

/** Setup, and people who act when it asks for them. */
const connect = async (
  { sim, sf, tell }: Traveller,
  { flags = [], user, kind }: Company = {}
): Promise<ChildResult> => {
  let acting: Promise<void> | undefined;
  const result = await sf(command('setup', sim, ['--wait', '3', ...flags]), {
    onLine: (line) => {
      if (CONNECT.test(line)) acting ??= connectOnTheConsoles(sim, tell, user, { kind });
    },
  });
  await acting;
  return result;
};

const says = ({ output }: ChildResult, text: RegExp): boolean => output.some((line) => text.test(line));

const connectedAppsAllowed: Journey = async (traveller) => {
  const { sim, sf, proves } = traveller;
  const flags = ['--app-type', 'connected-app'];
  const result = await connect(traveller, { flags, kind: 'connected-apps' });
  proves('setup made a connected app, and Okta is connected through it', result.exitCode === 0);
  proves('verify finds every claim proven', (await sf(command('verify', sim, flags))).exitCode === 0);
};

const lockedPolicies: Journey = async (traveller) => {
  const { sim, sf, proves } = traveller;
  const refused = await sf(command('setup', sim, ['--no-pkce', '--handshake', 'none']));
  proves('setup says that PKCE cannot be switched off here, and does not pretend', refused.exitCode === 1);
  proves('and names what was set and what reads back', says(refused, /salesforce\.app\.pkce was set to false/));
  proves('with PKCE on, as the org has it, the pair is connected', (await connect(traveller)).exitCode === 0);
};

const slowPropagation: Journey = async (traveller) => {
  const result = await connect(traveller);
  const lines = result.output.map((line) => line.trim());
  const waited = lines.findIndex((line) => line.startsWith('Waiting for Salesforce'));
  const asked = lines.findIndex((line) => CONNECT.test(line));
  traveller.proves(
    'setup waited for Salesforce, and said so, before it asked people for anything',
    waited >= 0 && waited < asked
  );
  traveller.proves('then the pair was connected', result.exitCode === 0);
};

const trial: Journey = async (traveller) => {
  const { sim, sf, proves } = traveller;
  const unnamed = await sf(command('setup', sim, []));
  proves('setup wants the integration user named, as in production', unnamed.exitCode === 2);
  const flags = ['--integration-user', sim.people.salesforceAdmin.username];
  const result = await connect(traveller, { flags });
  proves('named, the pair is connected', result.exitCode === 0);
  proves('and setup says when the trial ends', says(result, /trial that ends in 14 days/));
};

const sandbox: Journey = async (traveller) => {
  const { sim, proves } = traveller;
  proves('the pair is connected', (await connect(traveller)).exitCode === 0);
  const [app] = sim.okta.store.apps.values();
  proves('by an Okta app that names the sandbox', /^Salesforce\.com \(.+\)$/.test(app?.label ?? ''));
  proves('and takes it for one', app?.appSettings['instanceType'] === 'SANDBOX');
};

const preAuthorized: Journey = async (traveller) => {
  const { sim, sf, proves } = traveller;
  const flags = ['--permitted-users', 'pre-authorized'];
  const before = await sf(command('verify', sim, flags));
  proves('verify sees that nobody may use the app', before.exitCode === 100);
  proves(
    'setup authorizes the integration user, and the pair is connected',
    (await connect(traveller, { flags })).exitCode === 0
  );
  proves('verify finds every claim proven', (await sf(command('verify', sim, flags))).exitCode === 0);
};

const frozenUser: Journey = async (traveller) => {
  const { sim, sf, tell, proves } = traveller;
  const flags = ['--integration-user', INTEGRATION_USER.username];
  const before = sim.salesforce.snapshot() + sim.okta.snapshot();
  const refused = await sf(command('setup', sim, flags));
  proves('setup says that the integration user is frozen', refused.exitCode === 2 && says(refused, /is frozen/));
  proves('and leaves both orgs as they were', sim.salesforce.snapshot() + sim.okta.snapshot() === before);
  await unfreeze(sim, tell, INTEGRATION_USER.username);
  const result = await connect(traveller, { flags, user: INTEGRATION_USER });
  proves('unfrozen, the user approves the app and the pair is connected', result.exitCode === 0);
};

export const SALESFORCE_JOURNEYS = {
  'connected-apps-allowed': connectedAppsAllowed,
  'locked-policies': lockedPolicies,
  'slow-propagation': slowPropagation,
  trial,
  sandbox,
  'pre-authorized': preAuthorized,
  'frozen-user': frozenUser,
} as const;
