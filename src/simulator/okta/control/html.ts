/** As much of HTML as a person needs who reads a message and fills in a form. */

export interface Form {
  readonly id: string;
  readonly action: string;
  readonly method: 'get' | 'post';
  /** Fields with what stands in them; of check boxes the ticked ones. */
  readonly fields: ReadonlyArray<readonly [name: string, value: string]>;
  readonly buttons: readonly Button[];
}

export interface Button {
  readonly text: string;
  readonly name: string;
  readonly value: string;
  readonly action: string | undefined;
}

export const formsIn = (page: string): Form[] =>
  [...page.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gis)].map(([, opening = '', content = '']) => {
    const of = attributes(opening);
    return {
      id: of('id') ?? '',
      action: of('action') ?? '',
      method: of('method')?.toLowerCase() === 'post' ? 'post' : 'get',
      fields: fieldsIn(content),
      buttons: buttonsIn(content),
    };
  });

const fieldsIn = (content: string): Array<[string, string]> =>
  [...content.matchAll(/<input\b([^>]*)>/gis)].flatMap(([, tag = '']): Array<[string, string]> => {
    const of = attributes(tag);
    const name = of('name');
    const type = of('type')?.toLowerCase() ?? 'text';
    if (name === undefined || type === 'submit') return [];
    if ((type === 'checkbox' || type === 'radio') && !/\schecked\b/i.test(tag)) return [];
    return [[name, of('value') ?? '']];
  });

const buttonsIn = (content: string): Button[] => {
  const buttons = [...content.matchAll(/<button\b([^>]*)>(.*?)<\/button>/gis)].map(([, tag = '', text = '']) =>
    button(tag, textIn(text))
  );
  const inputs = [...content.matchAll(/<input\b([^>]*)>/gis)]
    .filter(([, tag = '']) => attributes(tag)('type')?.toLowerCase() === 'submit')
    .map(([, tag = '']) => button(tag, attributes(tag)('value') ?? ''));
  return [...buttons, ...inputs];
};

const button = (tag: string, text: string): Button => {
  const of = attributes(tag);
  return { text, name: of('name') ?? '', value: of('value') ?? '', action: of('formaction') };
};

const attributes =
  (tag: string) =>
  (name: string): string | undefined => {
    const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
    const value = found?.[1] ?? found?.[2] ?? found?.[3];
    return value === undefined ? undefined : unescape(value);
  };

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
};

const unescape = (text: string): string =>
  text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole);

export const textIn = (page: string): string =>
  unescape(page.replace(/<(script|style|head)\b.*?<\/\1>/gis, ' ').replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();

/** What the page tells the person: its alert or status line, else all of its text. */
export const messageIn = (page: string): string => {
  const marked = /<(\w+)\b[^>]*(?:role="(?:alert|status)"|id="(?:error|message)")[^>]*>(.*?)<\/\1>/is.exec(page);
  return textIn(marked?.[2] ?? page).slice(0, 400);
};

/** Where a script of the page sends the browser, as Salesforce's pages often do. */
export const scriptRedirectIn = (page: string): string | undefined => {
  const found = /location(?:\.href)?\s*(?:=|\.replace\(|\.assign\()\s*(["'])(.*?)\1/is.exec(page)?.[2];
  return found?.replaceAll('\\/', '/').replace(/\\u0026|\\x26|&amp;/g, '&');
};
