/**
 * What `sf doctor` is told of this plugin. The command runs the hook `sf-doctor-<plugin>` of each installed plugin and
 * collects results from the event `Doctor:diagnostic` (@salesforce/plugin-info `src/commands/doctor.ts`, `src/doctor.ts`).
 */
import { homedir } from 'node:os';
import { Lifecycle } from '@salesforce/core';
import type { AnyJson } from '@salesforce/ts-types';
import { diagnose } from '../diagnosis.ts';
import { JOURNALS } from '../engine/journalFile.ts';

/** The part of plugin-info's `SfDoctor` that is used here; that package is part of `sf`, not of this plugin. */
interface Doctor {
  readonly addPluginData: (plugin: string, data: AnyJson) => void;
  readonly addSuggestion: (suggestion: string) => void;
}

export const hook = async ({ doctor }: { readonly doctor: Doctor }): Promise<void> => {
  const folders = { cwd: process.cwd(), home: homedir(), journals: JOURNALS };
  const { data, results, suggestions } = await diagnose(process.env, folders);
  doctor.addPluginData('sf-plugin-okta', data);
  suggestions.forEach((suggestion) => doctor.addSuggestion(suggestion));
  await Promise.all(results.map(async (result) => Lifecycle.getInstance().emit('Doctor:diagnostic', result)));
};
