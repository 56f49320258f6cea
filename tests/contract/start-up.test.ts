import { relative } from 'node:path';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';

/** For each module of the program, what it imports before it runs; dynamic imports are left out. */
const graph = new Map<string, readonly string[]>();

const isPackage = (id: string) => !id.startsWith('.') && !id.startsWith('/');

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: 'src/main.ts', write: false },
    ssr: { external: true },
    plugins: [
      {
        name: 'remember-imports',
        moduleParsed: ({ id, importedIds }) => {
          graph.set(relative('.', id), importedIds);
        },
      },
    ],
  });
});

/** The packages loaded before anything is called, when these modules are: static imports only. */
function packagesOf(entries: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const queue = [...entries];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const imports = graph.get(path);
    if (!imports) throw new Error(`${path} is not in the program`);
    for (const id of imports) {
      if (!isPackage(id)) queue.push(relative('.', id));
      else if (!id.startsWith('node:')) packages.add(id);
    }
  }
  return [...packages].sort();
}

describe('start-up', () => {
  it('loads no package before it knows what was asked', () => {
    expect(packagesOf(['src/main.ts'])).toEqual([]);
  });

  it('loads commander alone to read the command line', () => {
    expect(
      packagesOf([
        'src/cli/parse.ts',
        'src/cli/registry.ts',
        'src/commands/overview/spec.ts',
        'src/commands/next/spec.ts',
      ]),
    ).toEqual(['commander']);
  });

  it.each([
    ['next', 'src/commands/next/next.ts', 'src/commands/next/next.view.ts'],
    ['status', 'src/commands/status/status.ts', 'src/commands/status/status.view.ts'],
    ['bare aisafe', 'src/commands/overview/overview.ts', 'src/commands/overview/overview.view.ts'],
    ['done', 'src/commands/tasks/verbs.ts', 'src/commands/tasks/move.view.ts'],
    ['search', 'src/commands/find/search.ts', 'src/commands/find/search.view.ts'],
    ['list', 'src/commands/browse/list.ts', 'src/commands/browse/list.view.ts'],
  ])('loads the database, but no validator, YAML parser or prompt for %s', (_name, ...modules) => {
    const hot = [...modules, 'src/store/open.ts', 'src/content/load.ts', 'src/ui/screen.ts', 'src/context.ts'];
    expect(packagesOf(hot)).toEqual(['better-sqlite3']);
  });
});
