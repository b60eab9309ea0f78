/** Keys and secrets, which both kinds of app have. contracts/salesforce.md §1.3, §1.7, §3.2 */
import { ComponentError } from '../errors.ts';
import type { ConsumerRecord } from '../records.ts';
import type { SalesforceStore } from '../store.ts';

const HEX = '0123456789ABCDEF';

export const addConsumer = (store: SalesforceStore, appId: string): ConsumerRecord => {
  const consumer = {
    id: store.mint.id('888'),
    appId,
    key: `3MVG9${store.mint.text('consumer key', 80)}`,
    secret: store.secret('consumer secret', '', 64, HEX),
  };
  store.consumers.set(consumer.id, consumer);
  return consumer;
};

/** Keys are unique across all orgs. */
export const refuseTakenKey = (store: SalesforceStore, key: string): void => {
  const elsewhere = store.knobs.consumerKeysTaken > 0;
  if (elsewhere) store.knobs.consumerKeysTaken -= 1;
  const taken = elsewhere || [...store.consumers.values()].some((consumer) => consumer.key === key);
  if (taken) throw new ComponentError('DUPLICATE_VALUE', 'The consumer key is already taken');
};

/** An app that goes takes its approvals along. */
export const removeApp = (store: SalesforceStore, appId: string): void => {
  for (const consumer of store.consumers.values()) if (consumer.appId === appId) store.consumers.delete(consumer.id);
  for (const grant of store.grants.values()) if (grant.appId === appId) store.grants.delete(grant.id);
  for (const access of store.entityAccess.values()) {
    if (access.SetupEntityId === appId) store.entityAccess.delete(access.Id);
  }
};
