/** Characters that must not come out of a report as they came in from a service. */

/** Without what a terminal, an XML parser or a browser would act on instead of show: controls, directions, noncharacters, halves of pairs. */
export const visible = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  text.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]/g, ' ');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For text and attribute values of XML and HTML. */
export const markup = (text: string): string => visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
