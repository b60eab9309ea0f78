// Plain JavaScript, because an older Node cannot even load the TypeScript scripts. Runs before them and, imported, is
// the first gate of `npm test`. The `node` devDependency puts a new enough Node on the path of every npm script; npm 12
// blocks its install script and still ends with 0, unless package.json allows it (`allowScripts`).
import { fileURLToPath } from 'node:url';

const NEEDED = { major: 22, minor: 19 };

/** What is wrong with this Node and what to do, or nothing. */
export const nodeProblem = (version = process.versions.node) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor)) return undefined;
  return [
    `Node ${version} runs this script; the Salesforce libraries need >= ${NEEDED.major}.${NEEDED.minor}.`,
    'Run "npm ci", then start it by "npm run" or "npm test": they use Node 24 from node_modules/.bin.',
    'If that is what you did, the install script of the package "node" was blocked: run "npm rebuild node".',
  ].join('\n');
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problem = nodeProblem();
  if (problem) {
    console.error(problem);
    console.log('0 passed, 1 failed');
    process.exitCode = 1;
  }
}
