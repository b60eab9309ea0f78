/** Characters that must not come out of a report as they came in from a service. */

/** Controls, marks of direction, separators of lines, noncharacters. */
const UNSHOWABLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]/gu;

/** Without what a terminal, an XML parser or a browser would act on instead of show, halves of pairs too. */
export const visible = (text: string): string => text.toWellFormed().replace(UNSHOWABLE, ' ');

/** The same for a text of several lines. */
export const visibleLines = (text: string): string => text.split('\n').map(visible).join('\n');

/** A JSON value as `--json` prints it: the same value, but what a terminal would act on is spelt as escapes. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).replace(UNSHOWABLE, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  );

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and attribute values of XML and HTML. */
export const markup = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
