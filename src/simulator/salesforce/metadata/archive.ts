/**
 * The zip of a deploy or retrieve. contracts/salesforce.md §2.1, §5.4, §15.4
 * - a component is a file `folder/fullName.suffix`, its type the root element; a folder around all (`zip/`) is stepped over
 * - `destructiveChanges*.xml` name what is deleted
 * - not simulated: packages, components with a `-meta.xml` beside them
 */
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import JSZip from 'jszip';
import { NotSimulated } from '../errors.ts';
import type { FieldMap } from '../records.ts';
import { asList, asMap } from './envelope.ts';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  htmlEntities: true,
});
const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: true, indentBy: '    ' });

export interface ArchivedComponent {
  readonly type: string;
  readonly fullName: string;
  readonly fields: FieldMap;
  readonly fileName: string;
}

export interface Archive {
  readonly components: readonly ArchivedComponent[];
  readonly deletions: ReadonlyArray<Pick<ArchivedComponent, 'type' | 'fullName' | 'fileName'>>;
}

/** Undefined where there is no package.xml in it. */
export const readArchive = async (zip: Uint8Array): Promise<Archive | undefined> => {
  const entries = Object.values((await JSZip.loadAsync(zip)).files).filter(({ dir }) => !dir);
  const files = await Promise.all(entries.map(async (file) => [file.name, await file.async('string')] as const));
  const manifest = files.find(([path]) => /(^|\/)package\.xml$/.test(path));
  if (!manifest) return undefined;
  const base = manifest[0].replace(/package\.xml$/, '');
  const inside = files.map(([path, xml]): [string, FieldMap] => [
    path.startsWith(base) ? path.slice(base.length) : path,
    parser.parse(xml) as FieldMap,
  ]);
  return {
    components: inside.filter(([path]) => path.includes('/')).map(([path, xml]) => componentOf(path, xml)),
    deletions: inside
      .filter(([path]) => /^destructiveChanges(Pre|Post)?\.xml$/.test(path))
      .flatMap(([fileName, xml]) => membersOf(asMap(xml['Package'])).map((member) => ({ ...member, fileName }))),
  };
};

const componentOf = (fileName: string, xml: FieldMap): ArchivedComponent => {
  const [root] = Object.entries(xml).filter(([name]) => name !== '?xml');
  const [, fullName] = /^[^/]+\/(.+)\.\w+$/.exec(fileName) ?? [];
  if (!root || fullName === undefined) throw new NotSimulated(`the file ${fileName} of a deploy`);
  const { fullName: inside, ...fields } = asMap(root[1]);
  return { type: root[0], fullName: typeof inside === 'string' ? inside : fullName, fields, fileName };
};

/** What a package.xml names, `*` included. */
export const membersOf = (manifest: FieldMap): Array<{ readonly type: string; readonly fullName: string }> =>
  asList(manifest['types'])
    .map(asMap)
    .flatMap(({ name, members }) =>
      asList(members).map((member) => ({ type: String(name), fullName: String(member) }))
    );

/** The zip of what is in no package, in base64 as SOAP carries it. */
export const writeArchive = async (components: readonly ArchivedComponent[], version: string): Promise<string> => {
  const types = [...new Set(components.map(({ type }) => type))].map((type) => ({
    members: components.filter((component) => component.type === type).map(({ fullName }) => fullName),
    name: type,
  }));
  const zip = new JSZip();
  zip.file('unpackaged/package.xml', document('Package', { types, version }));
  for (const { type, fields, fileName } of components) zip.file(`unpackaged/${fileName}`, document(type, fields));
  return zip.generateAsync({ type: 'base64' });
};

const document = (root: string, content: object): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [root]: { '@xmlns': NAMESPACE, ...content } })}`;
