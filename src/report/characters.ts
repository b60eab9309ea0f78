/** Characters that must not come out of a report as they came in from a service. */

/** Controls, marks of direction, separators of lines, noncharacters. */
const UNSHOWABLE = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]/gu;

/** Without what a terminal, an XML parser or a browser would act on instead of show, halves of pairs too. */
export const visible = (text: string): string => text.toWellFormed().replace(UNSHOWABLE, ' ');

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
