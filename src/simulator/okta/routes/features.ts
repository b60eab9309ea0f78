/**
 * Provisioning features by API. contracts/okta.md §3
 * - an unknown feature name is 404 (PublicAppFeatureSetName), told before an unknown app, 404 (AppInstance)
 * - an empty or broken PUT body is 400 E0000003, told before what the app supports (order UNCONFIRMED)
 * - an app that Okta cannot provision by API is 400 E0000001 "Provisioning is not supported.", on PUT too
 * - not simulated: an app that can, hence the capabilities themselves
 */
import { Hono } from 'hono';
import type { Okta, OktaEnv } from '../context.ts';
import { notFound } from '../errors.ts';
import type { Json } from '../records.ts';
import { jsonBody, knows } from '../requests.ts';
import { findApp } from './apps.ts';

const NAMES = ['USER_PROVISIONING', 'INBOUND_PROVISIONING'];
const FEATURE = '/api/v1/apps/:appId/features/:name';

export const featureRoutes = (okta: Okta): Hono<OktaEnv> =>
  new Hono<OktaEnv>()
    .get('/api/v1/apps/:appId/features', knows(okta), (c) =>
      c.json([...okta.connectionApi.features(findApp(okta, c.req.param('appId')))])
    )
    .get(FEATURE, knows(okta), (c) => c.json(findFeature(okta, c.req.param())))
    .put(FEATURE, knows(okta), async (c) => {
      const { appId, name } = known(c.req.param());
      findApp(okta, appId);
      await jsonBody(c);
      return c.json(findFeature(okta, { appId, name }));
    });

type FeaturePath = { appId: string; name: string };

const known = (path: FeaturePath): FeaturePath => {
  if (!NAMES.includes(path.name)) throw notFound(path.name, 'PublicAppFeatureSetName');
  return path;
};

const findFeature = (okta: Okta, path: FeaturePath): Json => {
  const { appId, name } = known(path);
  const feature = okta.connectionApi.features(findApp(okta, appId)).find((one) => one['name'] === name);
  if (!feature) throw notFound(name, 'PublicAppFeatureSetName');
  return feature;
};
