/** The layering of the project: who may import whom. See CONTRIBUTING.md, "Layers". */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed },
});

const onlyImporter = (pkg, owner) => ({
  name: `${pkg}-only-in-${owner.replace(/[^a-z]+/g, '-')}`,
  comment: `${pkg} is wrapped once, in ${owner}; import that instead`,
  severity: 'error',
  from: { path: '^src/', pathNot: owner },
  to: { path: `node_modules/${pkg}/` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', comment: 'type-only cycles included', from: {}, to: { circular: true } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '^src/main\\.ts$' }, to: {} },
    only('errors-import-nothing', '^src/errors\\.ts$', '^$', 'errors.ts imports nothing'),
    only(
      'core-is-pure',
      '^src/core/',
      '^src/(core/|errors\\.ts)|node_modules/(valibot|ts-fsrs|jsep|re2js)/',
      'core imports only core: pass the clock, the random source and the data in',
    ),
    only(
      'platform-stands-alone',
      '^src/platform/',
      '^src/(platform/|core/|errors\\.ts)|^(node:|[a-z_/]+$)|node_modules/',
      'platform wraps the operating system and knows nothing of the program',
    ),
    only(
      'adapters-know-core-and-platform',
      '^src/(content|store|labs|exports)/',
      '^src/(core|platform|content|store|labs|exports)/|^src/errors\\.ts$|^(node:|[a-z_/]+$)|node_modules/',
      'content, store, labs and exports know the domain and the platform, never the commands or the screen',
    ),
    {
      name: 'adapters-do-not-know-each-other',
      severity: 'error',
      comment: 'what two adapters share belongs in core or platform',
      from: { path: '^src/(content|store|labs|exports)/' },
      to: { path: '^src/(content|store|labs|exports)/', pathNot: '^src/$1/' },
    },
    {
      name: 'ui-knows-core-types-only',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/', pathNot: '^src/(ui|core)/|^src/errors\\.ts$' },
    },
    {
      name: 'views-are-pure',
      severity: 'error',
      comment: 'a view turns data into text: ui and core types, and the types of its own command',
      from: { path: '^src/commands/.*\\.view\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(ui|core|commands)/' },
    },
    {
      name: 'commands-reach-outside-through-the-context',
      severity: 'error',
      comment: 'use context.store(), context.curriculum(), context.prompter() ...',
      from: { path: '^src/commands/', pathNot: '\\.view\\.ts$' },
      to: { path: '^src/(cli/(?!command\\.ts|parameters\\.ts)|main\\.ts|run\\.ts)' },
    },
    {
      name: 'cli-loads-command-bodies-lazily',
      severity: 'error',
      comment: 'only spec.ts files are imported statically; bodies come by import()',
      from: { path: '^src/(cli|run|main)' },
      to: { path: '^src/commands/', pathNot: '/spec\\.ts$', dynamic: false },
    },
    {
      name: 'specs-load-bodies-lazily',
      severity: 'error',
      from: { path: '^src/commands/[^/]+/spec\\.ts$' },
      to: { path: '^src/commands/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    onlyImporter('commander', '^src/cli/'),
    onlyImporter('yaml', '^src/content/'),
    onlyImporter('better-sqlite3', '^src/store/'),
    onlyImporter('chalk', '^src/ui/'),
    onlyImporter('inquirer', '^src/ui/'),
    onlyImporter('ora', '^src/ui/'),
    onlyImporter('valibot', '^src/core/'),
    onlyImporter('jsep', '^src/core/quiz/'),
    onlyImporter('ts-fsrs', '^src/core/schedule/'),
    onlyImporter('re2js', '^src/core/quiz/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
