/** How an OAuth app is written: one shape for both kinds of metadata. */
import type { Change } from '../engine/change.ts';
import type { Look } from '../engine/world.ts';
import type { App, AppType } from '../resources/app.ts';
import type { Context } from '../resources/context.ts';
import { connectedAppWriter } from './connectedApp.ts';
import { externalClientAppWriter } from './externalClientApp.ts';

export interface AppWriter {
  readonly create: (look: Look<Context>) => Promise<void>;
  /** Writes what of the settings differs, and sends all else as it was read. */
  readonly writeSettings: (look: Look<Context>, app: App, changes: readonly Change[]) => Promise<void>;
  readonly writePolicy: (look: Look<Context>, app: App) => Promise<void>;
}

export const writerOf = (type: AppType): AppWriter =>
  type === 'connected-app' ? connectedAppWriter : externalClientAppWriter;
