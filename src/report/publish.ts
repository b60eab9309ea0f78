/** A report in the formats that were asked for: lines for the terminal, files for all others. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SfError } from '@salesforce/core';
import { checksLines } from './checksText.ts';
import type { ChecksReport } from './checkReport.ts';
import { toHtml } from './html/index.ts';
import { toJunit } from './junit.ts';
import { toMarkdown } from './markdown.ts';

const FILES: Readonly<
  Record<string, { readonly extension: string; readonly render: (report: ChecksReport, name: string) => string }>
> = {
  junit: { extension: 'xml', render: toJunit },
  markdown: { extension: 'md', render: toMarkdown },
  html: { extension: 'html', render: toHtml },
};

export interface Publishing {
  /** The files that were written. */
  readonly files?: readonly string[];
}

interface Wanted {
  /** The command's, and so that of the files. */
  readonly name: string;
  readonly formats: readonly string[];
  readonly folder: string;
}

export const publish = async (
  report: ChecksReport,
  { name, formats, folder }: Wanted
): Promise<{ lines: string[]; publishing: Publishing }> => {
  const wanted = [...new Set(formats)].flatMap((format) => FILES[format] ?? []);
  const files = wanted.map(({ extension }) => join(folder, `${name}.${extension}`));
  try {
    if (files.length > 0) await mkdir(folder, { recursive: true });
    await Promise.all(wanted.map(async ({ render }, index) => writeWhole(files[index] ?? '', render(report, name))));
  } catch (error) {
    throw new UnwritableError(folder, error as NodeJS.ErrnoException);
  }
  return {
    lines: [...(formats.includes('human') ? checksLines(report) : []), ...files.map((path) => `Wrote ${path}`)],
    publishing: files.length > 0 ? { files } : {},
  };
};

/** Whoever reads the file sees the old one or the new one, never half of one. */
const writeWhole = async (path: string, content: string): Promise<void> => {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
};

/** The folder is none, or not ours to write to. Exit code 2. */
export class UnwritableError extends SfError {
  public override readonly exitCode = 2;

  public constructor(folder: string, { code, syscall }: NodeJS.ErrnoException) {
    super(`The reports cannot be written to ${folder} (${[syscall, code].join(' ')}).`, 'UnwritableError', [
      'Name a folder that can be written to by --output-dir.',
    ]);
  }
}
