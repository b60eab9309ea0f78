/** Lines for a terminal of a certain width. */
import wrapAnsi from 'wrap-ansi';

/** What stands before the text of a line: blanks, then a number, a dash, a star or a status. */
const BEGINNING = /^\s*(?:\d+\.\s|- |\* |(?:pass|FAIL|WARN|skip|\?{4}) )?/;

/** Narrower than this, a line would hold no word. */
const LEAST = 12;

/** Breaks between words, and goes on below the text's own beginning. What has no blank, such as a URL, is never broken. */
export const hangingWrap = (line: string, width: number): string => {
  const beginning = BEGINNING.exec(line)?.[0] ?? '';
  const indent = ' '.repeat(Math.min(beginning.length, Math.max(width - LEAST, 0)));
  const broken = wrapAnsi(line.slice(beginning.length), Math.max(width - indent.length, LEAST));
  return broken
    .split('\n')
    .map((part, index) => (index === 0 ? `${beginning}${part}` : `${indent}${part}`))
    .join('\n');
};
