import { z } from 'zod';
import type { MetadataCalls } from './metadata.ts';
import { connectedApp, type ConnectedApp } from './types.ts';

/** Every connected app that was made in this org; those of packages are nobody's to adopt. Two round trips. */
export const readConnectedApps = async (calls: MetadataCalls): Promise<ConnectedApp[]> => {
  const listed = (await calls.listMetadata(['ConnectedApp'])).filter(({ namespacePrefix }) => !namespacePrefix);
  const apps = z.array(connectedApp).parse(
    await calls.readMetadata(
      'ConnectedApp',
      listed.map(({ fullName }) => fullName)
    )
  );
  return apps.map((app) => {
    const id = listed.find(({ fullName }) => fullName === app.fullName)?.id;
    return { ...app, ...(id && { id }) };
  });
};
