/**
 * "To App": what of an assignment reaches Salesforce. contracts/okta.md §1.4, §5.2, §11
 * - each check box means features of the app; the change is told in `changeDetails` of application.lifecycle.update
 * - not simulated: what Sync Password does
 */
import type { Okta } from './context.ts';
import type { AppRecord, Author, EventTarget } from './records.ts';
import { appTarget } from './systemLog.ts';

/** The check boxes, their names in `changeDetails` and the features that each of them means. */
export const TO_APP = {
  create: { label: 'Create Users', detail: 'create_users', features: ['PUSH_NEW_USERS'] },
  update: { label: 'Update User Attributes', detail: 'update_user_attributes', features: ['PUSH_PROFILE_UPDATES'] },
  deactivate: {
    label: 'Deactivate Users',
    detail: 'deactivate_users',
    features: ['PUSH_USER_DEACTIVATION', 'REACTIVATE_USERS'],
  },
  'sync-password': { label: 'Sync Password', detail: 'sync_password', features: ['PUSH_PASSWORD_UPDATES'] },
} as const;

export type Box = keyof typeof TO_APP;
export const BOXES = Object.keys(TO_APP) as Box[];

export const isTicked = ({ features }: AppRecord, box: Box): boolean => features.includes(TO_APP[box].features[0]);

export const tick = (okta: Okta, app: AppRecord, ticked: readonly Box[], author: Author): void => {
  const details = (on: (box: Box) => boolean): Record<string, boolean> =>
    Object.fromEntries(BOXES.map((box) => [TO_APP[box].detail, on(box)]));
  const from = details((box) => isTicked(app, box));
  const features = (boxes: readonly Box[]): string[] => boxes.flatMap((box) => [...TO_APP[box].features]);
  app.features = [...app.features.filter((feature) => !features(BOXES).includes(feature)), ...features(ticked)];
  noteUpdate(okta, app, author, { from, to: details((box) => ticked.includes(box)) });
};

export const noteUpdate = (
  okta: Okta,
  app: AppRecord,
  author: Author,
  change: NonNullable<EventTarget['changeDetails']>
): void => {
  app.lastUpdated = okta.clock.now();
  okta.log.write(author, { eventType: 'application.lifecycle.update', targets: [appTarget(app, change)] });
};

/** The event of switching API integration on or off. */
export const noteIntegration = (okta: Okta, app: AppRecord, author: Author, [before, now]: [boolean, boolean]): void =>
  noteUpdate(okta, app, author, {
    from: { app_instance_properties: { provisioningEnabled: before } },
    to: { app_instance_properties: { provisioningEnabled: now } },
  });
