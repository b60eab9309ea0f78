/**
 * The official rules (eslint-config-salesforce-typescript, eslint-plugin-sf-plugin), less what fights the design, plus
 * the sizes and the import zones of DESIGN.md. Each zone says why it is there; the message is what a violation prints.
 */
const zone = (target, allowed, message) => ({
  target: `./src/${target}`,
  from: './src',
  except: allowed.map((path) => `./${path}`),
  message,
});
const ban = (target, from, message) => ({ target: `./src/${target}`, from: `./src/${from}`, message });

/** `no-restricted-paths` sees no difference between a type and a value: cells that are open to types only are here. */
const typesOnly = (files, ...groups) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: groups.map(([group, message]) => ({ group, message, allowTypeImports: true })) },
    ],
  },
});

const INTENT = [['**/intent.ts'], 'Types only: an intent is handed in, checked already.'];
const CLIENTS = [
  ['**/clients/*.ts', '**/clients/*/*.ts', '!**/clients/*/errors.ts'],
  'Types and errors only: a client is handed in by session.ts, so that a test or a rehearsal can choose it.',
];

const ZONES = [
  zone(
    'simulator',
    ['simulator'],
    'The simulator is a second opinion on Okta and Salesforce. Sharing a type with the client would let one mistake pass both.'
  ),
  ban('simulator/okta', 'simulator/salesforce', 'The two vendors know each other by HTTP only, as in life.'),
  ban('simulator/salesforce', 'simulator/okta', 'The two vendors know each other by HTTP only, as in life.'),
  zone('engine', ['engine'], 'The engine runs any step and knows none.'),
  zone('clients', ['clients', 'secret.ts'], 'A client is one function per endpoint and knows nothing of the product.'),
  zone(
    'resources',
    ['resources', 'engine', 'clients', 'intent.ts', 'secret.ts'],
    'A resource is what is read of both orgs, and pure comparisons: steps, checks and the dry run share it.'
  ),
  zone(
    'steps',
    ['steps', 'engine', 'resources', 'clients', 'intent.ts', 'secret.ts'],
    'A step says what changed by its return value.'
  ),
  ban('companion', 'clients', 'The page shows what it is told; it asks no vendor.'),
  ban('companion', 'resources', 'The page shows what it is told; it asks no vendor.'),
  ban('companion', 'steps', 'The page shows what it is told; it asks no vendor.'),
  zone(
    'credentials',
    ['credentials', 'clients/okta', 'errors.ts', 'secret.ts'],
    'Where credentials come from is decided before anything is asked of anybody.'
  ),
  zone('checks', ['checks', 'engine', 'resources', 'intent.ts'], 'A check judges what was read; it changes nothing.'),
  zone(
    'roundTrip',
    ['roundTrip', 'engine', 'resources', 'clients', 'errors.ts', 'intent.ts', 'secret.ts'],
    'A trip is told which orgs and whom; it prints nothing and knows no command.'
  ),
  zone('report', ['report', 'engine', 'resources'], 'A report shows what it is told; it asks no vendor.'),
  zone(
    'rehearsal',
    ['rehearsal', 'simulator/index.ts', 'report'],
    'A rehearsal runs the commands as a person does, from outside, against the simulators.'
  ),
  {
    target: ['./src/*.ts', './src/commands/**/*'],
    from: './src/simulator',
    message: 'Only rehearsal/ starts simulators; the product must not know that it talks to one.',
  },
  ban('*.ts', 'commands', 'Commands are the outermost layer: they are run, not imported.'),
  {
    target: ['./src/!(flags).ts', './src/rehearsal/**/*', './src/report/**/*'],
    from: './src/flags.ts',
    message: 'flags.ts is for commands only; what they parse becomes an intent.',
  },
];

module.exports = {
  root: true,
  extends: ['eslint-config-salesforce-typescript', 'plugin:sf-plugin/recommended'],
  parserOptions: {
    project: './tsconfig.json',
    tsconfigRootDir: __dirname,
    // typescript-eslint 6, the last that this ESLint and these rules take, knows no es2024 and no TypeScript 6.
    lib: ['es2023'],
    warnOnUnsupportedTypeScriptVersion: false,
  },
  reportUnusedDisableDirectives: true,
  rules: {
    // Clients and simulators are made by functions, and a step's `apply` need not use `this`.
    'class-methods-use-this': 'off',
    // The names of fields on the wire are the vendors'.
    camelcase: ['error', { properties: 'never', ignoreDestructuring: true }],
    // An interface for a shape; a type where a union or an index signature is needed.
    '@typescript-eslint/consistent-type-definitions': 'off',
    // The declaration carries the type; the functions inside the object that it returns need not say it again.
    '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
    // An async function without await turns a throw into the rejection that its interface promises.
    '@typescript-eslint/require-await': 'off',
    // `const { secret, ...kept } = read` is how a field is left out.
    '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
    // In a condition `||` means "or".
    '@typescript-eslint/prefer-nullish-coalescing': [
      'error',
      { ignoreConditionalTests: true, ignoreMixedLogicalExpressions: true },
    ],
    'no-constant-condition': ['error', { checkLoops: false }],
    // A header that lists rules indents the second line of each.
    'jsdoc/check-indentation': 'off',
    'no-param-reassign': ['error', { props: true }],
    // What prettier owns and the official rules turn on again.
    '@typescript-eslint/quotes': 'off',
    '@typescript-eslint/member-delimiter-style': 'off',
    '@typescript-eslint/type-annotation-spacing': 'off',
    'max-lines': ['error', { max: 300 }],
    'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    'no-restricted-syntax': [
      'error',
      {
        selector: "ExpressionStatement > CallExpression[callee.property.name='createError']",
        message: 'An error that is made and not thrown does nothing.',
      },
    ],
    'import/no-restricted-paths': ['error', { basePath: __dirname, zones: ZONES }],
  },
  overrides: [
    { files: 'src/**', rules: { 'unicorn/filename-case': ['error', { case: 'camelCase' }] } },
    {
      files: 'src/commands/**',
      rules: {
        'max-lines': ['error', { max: 70 }],
        // A command of two words is a file with a hyphen.
        'unicorn/filename-case': ['error', { cases: { camelCase: true, kebabCase: true } }],
        // BaseCommand adds no flags, only what a signal does (the official one loses what was borrowed).
        'sf-plugin/only-extend-SfCommand': 'off',
        'sf-plugin/spread-base-flags': 'off',
      },
    },
    // A store is a set of records that change; that is what it is for.
    { files: ['src/simulator/**', 'test/**'], rules: { 'no-param-reassign': ['error', { props: false }] } },
    {
      // One request after the other is what the vendors, the person, or the story of a test need.
      files: ['src/{engine,steps,roundTrip,clients,rehearsal,simulator}/**', 'src/consent.ts', 'test/**', 'scripts/**'],
      rules: { 'no-await-in-loop': 'off' },
    },
    typesOnly(['src/resources/**'], INTENT, CLIENTS),
    typesOnly(['src/steps/**'], INTENT, CLIENTS),
    typesOnly(['src/checks/**'], INTENT, CLIENTS),
    typesOnly(['src/roundTrip/**'], INTENT, CLIENTS),
    typesOnly(['src/report/**'], [['**/engine/**', '**/resources/**'], 'Types only: a report is pure.']),
    typesOnly(
      ['src/commands/**'],
      [
        ['**/clients/**', '**/steps/**', '**/checks/**', '**/simulator/**', '**/resources/**'],
        'Types only: a command maps flags to one function and its result to lines.',
      ],
      [
        ['**/setup.ts', '**/verify.ts', '**/roundTrip.ts', '**/session.ts', '**/plan.ts', '**/rehearsal/**'],
        'Import it inside run(): help and completion of the whole CLI load every command file.',
      ]
    ),
    {
      files: 'test/**',
      parserOptions: { project: './test/tsconfig.json' },
      rules: {
        // chai asserts by properties; `describe` holds a whole story.
        'no-unused-expressions': 'off',
        '@typescript-eslint/no-unused-expressions': 'off',
        '@typescript-eslint/explicit-function-return-type': 'off',
        'max-lines-per-function': 'off',
        'max-lines': ['error', { max: 450 }],
        camelcase: 'off',
      },
    },
    { files: 'scripts/**', parserOptions: { project: './scripts/tsconfig.json' }, rules: { 'no-console': 'off' } },
  ],
};
