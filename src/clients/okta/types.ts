/** What we read of Okta's answers, and nothing more: fields that we do not know pass. contracts/okta.md §1, §2, §4, §5. */
import { z } from 'zod';

/** contracts/okta.md §1.3. `settings.app` is kept whole, since a PUT replaces it whole. */
export const app = z.object({
  id: z.string(),
  name: z.string(),
  label: z.string(),
  status: z.string(),
  features: z.array(z.string()).catch([]),
  settings: z.object({ app: z.record(z.string(), z.unknown()).catch({}) }),
});
export type App = z.infer<typeof app>;

/** contracts/okta.md §2.2. A 2xx proves nothing: `UNKNOWN` is what Okta says of an app that it cannot connect by API. */
export const connection = z.object({
  status: z.string(),
  profile: z.object({ authScheme: z.string() }),
  _links: z
    .object({ authorize: z.object({ href: z.string() }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
export type Connection = z.infer<typeof connection>;

/** contracts/okta.md §4.2 */
export const appUser = z.object({
  id: z.string(),
  externalId: z.string().nullish(),
  status: z.string(),
  syncState: z.string().catch('DISABLED'),
  credentials: z.object({ userName: z.string().nullish() }).nullish().catch(undefined),
});
export type AppUser = z.infer<typeof appUser>;

/** The same with what it holds of the user; `created` is Okta's time of the assignment. */
export const assignedUser = appUser.extend({
  created: z.string().catch(''),
  profile: z.record(z.string(), z.unknown()).catch({}),
});
export type AssignedUser = z.infer<typeof assignedUser>;

/** contracts/okta.md §4.1 */
export const user = z.object({
  id: z.string(),
  status: z.string(),
  statusChanged: z.string().nullish().catch(undefined),
  profile: z.object({ login: z.string() }),
});
export type User = z.infer<typeof user>;

/** contracts/okta.md §4.4: names beyond nine are not confirmed, so that an attribute is told by its external name. */
const attribute = z.object({
  title: z.string().catch(''),
  externalName: z.string().catch(''),
  required: z.boolean().nullish(),
  default: z.unknown().optional(),
  enum: z.array(z.unknown()).nullish(),
});
const attributes = z.object({
  properties: z.record(z.string(), attribute).optional(),
  required: z.array(z.string()).optional(),
});
export const appUserSchema = z.object({
  definitions: z.object({ base: attributes, custom: attributes.optional() }),
});
export type AppUserSchema = z.infer<typeof appUserSchema>;
export type AppUserAttribute = z.infer<typeof attribute>;

/** contracts/okta.md §5.1 */
export const logEvent = z.object({
  uuid: z.string(),
  published: z.string(),
  eventType: z.string(),
  outcome: z.object({ result: z.string(), reason: z.string().nullish() }).nullish(),
  target: z
    .array(z.object({ id: z.string(), type: z.string().catch(''), alternateId: z.string().nullish() }))
    .nullish(),
});
export type LogEvent = z.infer<typeof logEvent>;

/** People are sent there: https, and http only to this machine, as for the URL of the org. */
const address = z.string().refine(
  (href) => {
    const { protocol, hostname } = URL.canParse(href) ? new URL(href) : { protocol: '', hostname: '' };
    return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
  },
  { error: 'no https address' }
);

/** contracts/okta.md §6.6. `organization` is the canonical host, also where the URL given is a custom domain. */
export const organization = z.object({
  id: z.string(),
  _links: z.object({ organization: z.object({ href: address }) }).optional(),
});
export type Organization = z.infer<typeof organization>;

/** contracts/okta.md §3 */
export const feature = z.object({ status: z.string(), capabilities: z.record(z.string(), z.unknown()).catch({}) });
export type Feature = z.infer<typeof feature>;

/** contracts/okta.md §6.6. `expiresAt` is set on trials. */
export const org = z.object({
  companyName: z.string().catch(''),
  status: z.string().catch(''),
  expiresAt: z.string().nullish(),
});
export type Org = z.infer<typeof org>;
