// `npm run bench [-- --full] [--only NAME] [--runs N]`: every promise about speed, on data that it makes itself.
// NAME: shipped, reviewed, large, growth, history, labs, taskwarrior. --full adds 1,000,000 events.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { compareLabs } from './labs.js';
import { compare, printRow } from './measure.js';
import { fillTaskwarrior } from './taskwarrior.js';

const { values } = parseArgs({
  options: { full: { type: 'boolean' }, only: { type: 'string' }, runs: { type: 'string', default: '20' } },
});
const runs = Number(values.runs);
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const bin = join(root, 'bin', 'aisafe.cjs');
const place = mkdtempSync(join(tmpdir(), 'aisafe-bench-'));
const fill = join(place, 'fill.cjs');

const small = { tasks: 1_000, questions: 200, reviews: 10_000, others: 2_000 };
const large = { tasks: 10_000, questions: 2_000, reviews: 100_000, others: 20_000 };
const huge = { tasks: 10_000, questions: 2_000, reviews: 800_000, others: 200_000 };

const aisafe = (home, name, args, rest = {}) => ({ name, args: [bin, ...args], env: { AISAFE_HOME: home }, ...rest });
const everyday = (home, aim, searchAim, word) => [
  aisafe(home, 'aisafe --version', ['--version'], { aim: 1.25 }),
  aisafe(home, 'aisafe --help', ['--help'], { aim: 1.25 }),
  aisafe(home, 'aisafe next', ['next'], { aim }),
  aisafe(home, 'aisafe', [], { aim }),
  aisafe(home, 'aisafe status', ['status'], { aim }),
  aisafe(home, 'aisafe review --json', ['review', '--json'], { aim }),
  aisafe(home, `aisafe search ${word}`, ['search', word], { aim: searchAim }),
];

/** A script that uses the program's own code, to make stores of any size and to time what happens inside one process. */
async function buildFill() {
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
  await build({
    configFile: false,
    logLevel: 'silent',
    root,
    build: {
      ssr: join(root, 'tests', 'bench', 'fill.ts'),
      target: 'node20.18',
      outDir: place,
      emptyOutDir: false,
      rollupOptions: { output: { format: 'cjs', entryFileNames: 'fill.cjs' } },
    },
    ssr: { external: true },
  });
}

function runFill(...args) {
  const output = execFileSync(process.execPath, [fill, ...args.map(String)], { encoding: 'utf8' });
  return output === '' ? undefined : JSON.parse(output);
}

const homes = new Map();
/** A store of this size; made once. */
function homeOf({ tasks, questions, reviews, others }) {
  const home = join(place, `store-${reviews + others}`);
  if (homes.has(home)) return home;
  const folder = join(place, `curriculum-${tasks}`);
  runFill('folder', folder, 100, 20);
  homes.set(home, runFill('store', home, folder, tasks, questions, reviews, others));
  return home;
}

/** What is remembered until something is saved is worked out anew. */
function compareAfterChange(title, home) {
  const env = { ...process.env, AISAFE_HOME: home };
  let count = 0;
  const before = () =>
    execFileSync(process.execPath, [bin, 'config', 'set', 'next-limit', String(3 + (count++ % 2))], { env });
  const commands = everyday(home).filter(({ args }) => /^(next|status|review|undefined)$/.test(String(args[1])));
  compare(
    title,
    commands.map((each) => ({ ...each, before })),
    Math.min(runs, 10),
  );
}

function tellSaving(home) {
  const copy = `${home}-saving`;
  cpSync(home, copy, { recursive: true });
  const { answers, done } = runFill('save', copy, large.questions);
  for (const [name, { median, slowest }] of Object.entries({ 'done saved': done, 'answer saved': answers })) {
    const isMissed = median > 10 ? 'missed' : '';
    printRow(
      `${name} (in process)`,
      median.toFixed(1),
      '',
      '',
      '10 ms',
      `slowest ${slowest.toFixed(1)} ms ${isMissed}`,
    );
  }
}

/** Export, import and rebuild of a whole history. */
function compareHistory(size, count, aims) {
  const home = homeOf(size);
  const events = size.reviews + size.others;
  const title = `${events.toLocaleString('en')} events out and in`;
  const file = (format) => join(place, `events-${events}.${format}`);
  const empty = join(place, 'imported');
  const clear = () => rmSync(empty, { recursive: true, force: true });
  const out = (format) =>
    aisafe(home, `export ${format}`, ['export', '--format', format, '--output', file(format)], { aimMs: aims?.out });
  const into = (format) =>
    aisafe(empty, `import ${format}`, ['import', file(format)], { before: clear, aimMs: aims?.in });
  compare(title, [out('jsonl'), out('json'), into('jsonl'), into('json')], count);
  const { ms, bytes } = runFill('rebuild', home);
  const isMissed = aims && ms > aims.rebuild ? 'missed' : '';
  printRow('rebuild', ms.toFixed(1), '', (bytes / 1024 / 1024).toFixed(0), aims ? `${aims.rebuild} ms` : '', isMissed);
}

const parts = {
  shipped: () => {
    const home = join(place, 'shipped');
    compare('The shipped curriculum, an empty store', everyday(home, 1.5, 1.7, 'attention'), runs);
    const copy = join(place, 'changing');
    cpSync(join(root, 'curriculum'), join(copy, 'curriculum'), { recursive: true });
    const changed = join(copy, 'curriculum', 'concepts.yaml');
    const change = () => appendFileSync(changed, '# changed\n');
    const again = { before: change, aim: 6 };
    execFileSync(process.execPath, [bin, 'curriculum', 'list'], { env: { ...process.env, AISAFE_HOME: copy } });
    const many = join(place, 'many');
    runFill('folder', many, 1_500, 300);
    const touch = () => appendFileSync(join(many, 'concepts.yaml'), '\n');
    const load = { before: touch, aimMs: 3_000 };
    const settle = { env: { ...process.env, AISAFE_HOME: join(place, 'many-home') } };
    execFileSync(process.execPath, [bin, 'curriculum', 'add', many, '--use'], settle);
    // The shipped one cannot be changed: a copy of it under another id is.
    execFileSync('sed', ['-i', 's/^id: aisafe$/id: copy/', join(copy, 'curriculum', 'curriculum.yaml')]);
    const env = { ...process.env, AISAFE_HOME: copy };
    execFileSync(process.execPath, [bin, 'curriculum', 'add', join(copy, 'curriculum'), '--use'], { env });
    compare(
      'A curriculum that has changed',
      [
        aisafe(copy, 'aisafe next, shipped size', ['next'], again),
        aisafe(join(place, 'many-home'), 'aisafe next, 2,000 items', ['next'], load),
      ],
      Math.min(runs, 5),
    );
  },
  reviewed: () => {
    const home = join(place, 'reviewed');
    runFill('shipped', home, join(root, 'curriculum'), large.reviews, large.others);
    compare('The shipped curriculum, 120,000 events', everyday(home, 2, 2.2, 'attention'), runs);
    compareAfterChange('The same, each time after something was saved', home);
  },
  large: () => {
    const home = homeOf(large);
    compare('10,000 tasks, 120,000 events', everyday(home, 1.8, 2.2, 'number'), runs);
    compareAfterChange('The same, each time after something was saved', home);
    tellSaving(home);
  },
  growth: () => {
    const pick = (home, times) =>
      everyday(home, undefined, undefined, 'number').map((each) => ({ ...each, name: `${each.name} ${times}` }));
    const commands = [...pick(homeOf(small), '1x'), ...pick(homeOf(large), '10x')];
    const figures = compare('Growth from 1x (1,000 tasks, 12,000 events) to 10x', commands, Math.min(runs, 10));
    for (const [name, { ms }] of figures) {
      const ten = figures.get(name.replace(/1x$/, '10x'));
      if (name.endsWith(' 1x') && ten)
        printRow(name.slice(0, -3), '', `${(ten.ms / ms).toFixed(2)}x`, '', '', 'growth');
    }
  },
  history: () => {
    compareHistory(large, Math.min(runs, 5), { out: 3_000, in: 5_000, rebuild: 5_000 });
    if (values.full) compareHistory(huge, 1);
  },
  labs: () => compareLabs({ home: join(place, 'labs'), root, aisafe, runs }),
  taskwarrior: () => {
    if (spawnSync('task', ['--version']).error) {
      console.log('\nTaskwarrior is not installed (Debian: apt install taskwarrior): not compared.');
      return;
    }
    const peer = fillTaskwarrior(join(place, 'taskwarrior'), large.tasks);
    const title = 'Beside Taskwarrior, 10,000 tasks';
    const figures = compare(title, [aisafe(homeOf(large), 'aisafe next', ['next']), peer], Math.min(runs, 10));
    const ratio = figures.get(peer.name).ms / figures.get('aisafe next').ms;
    printRow('times faster', '', `${ratio.toFixed(1)}x`, '', '5.0x', ratio < 5 ? 'missed' : '');
  },
};

try {
  const names = Object.keys(parts).filter((name) => values.only === undefined || name === values.only);
  if (names.length === 0) throw new Error(`--only: one of ${Object.keys(parts).join(', ')}`);
  console.log(`Medians; node ${process.version}, ${process.platform}-${process.arch}`);
  mkdirSync(place, { recursive: true });
  await buildFill();
  for (const name of names) parts[name]();
} finally {
  rmSync(place, { recursive: true, force: true });
}
