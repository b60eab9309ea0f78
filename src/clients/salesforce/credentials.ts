/** Key and secret of an external client app by Connect REST. contracts/salesforce.md §3 */
import { z } from 'zod';
import { Secret } from '../../secret.ts';
import type { RestCalls } from './call.ts';

export interface Consumer {
  readonly key: string;
  /** Absent where Salesforce left it out: its way, in some orgs, to say that access is off (§3.3). */
  readonly secret?: Secret;
}

const consumers = z.object({ consumers: z.array(z.object({ id: z.string() })) });
const consumer = z.object({ key: z.string(), secret: z.string().nullish() });

/** Addresses are built here; those that an answer holds are not followed (§3.4). */
export const consumerCalls = ({
  get,
}: RestCalls): {
  consumerIds: (appId: string) => Promise<string[]>;
  consumer: (appId: string, id: string) => Promise<Consumer>;
} => ({
  consumerIds: async (appId) =>
    consumers
      .parse(await get("the list of the app's consumers", `/apps/oauth/credentials/${appId}`))
      .consumers.map(({ id }) => id),
  consumer: async (appId, id) => {
    const { key, secret } = consumer.parse(
      await get("the read of the app's key and secret", `/apps/oauth/credentials/${appId}/${id}?part=keyandsecret`)
    );
    return { key, ...(secret && { secret: new Secret(secret) }) };
  },
});
