/**
 * Provisioning features by API. contracts/okta.md §3
 * - an unknown feature name is 404 (PublicAppFeatureSetName), told before an unknown app, 404 (AppInstance)
 * - an empty or broken PUT body is 400 E0000003, told before what the app supports (order UNCONFIRMED)
 * - an app that Okta cannot provision by API is 400 E0000001 "Provisioning is not supported.", on PUT too
 * - not simulated: INBOUND_PROVISIONING, which an app that can be provisioned lacks here
 */
import { Hono, type Context } from 'hono';
import type { Okta, OktaEnv } from '../context.ts';
import { notFound } from '../errors.ts';
import type { Json } from '../records.ts';
import { jsonBody, knows } from '../requests.ts';
import { asking } from './connections.ts';

const NAMES = ['USER_PROVISIONING', 'INBOUND_PROVISIONING'];
const FEATURE = '/api/v1/apps/:appId/features/:name';

export const featureRoutes = (okta: Okta): Hono<OktaEnv> =>
  new Hono<OktaEnv>()
    .get('/api/v1/apps/:appId/features', knows(okta), (c) =>
      c.json([...okta.connectionApi.features(asking(okta, c, c.req.param('appId')))])
    )
    .get(FEATURE, knows(okta), (c) => c.json(findFeature(okta, c, c.req.param())))
    .put(FEATURE, knows(okta), async (c) => {
      const path = known(c.req.param());
      const asked = asking(okta, c, path.appId);
      const body = await jsonBody(c);
      findFeature(okta, c, path);
      okta.connectionApi.setFeature(asked, body);
      return c.json(findFeature(okta, c, path));
    });

interface FeaturePath {
  readonly appId: string;
  readonly name: string;
}

const known = (path: FeaturePath): FeaturePath => {
  if (!NAMES.includes(path.name)) throw notFound(path.name, 'PublicAppFeatureSetName');
  return path;
};

const findFeature = (okta: Okta, c: Context<OktaEnv>, path: FeaturePath): Json => {
  const { appId, name } = known(path);
  const feature = okta.connectionApi.features(asking(okta, c, appId)).find((one) => one['name'] === name);
  if (!feature) throw notFound(name, 'PublicAppFeatureSetName');
  return feature;
};
