import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';

interface Edge {
  readonly path: string;
  readonly kind: string;
  readonly external?: boolean;
}

let graph: ReadonlyMap<string, readonly Edge[]>;

beforeAll(async () => {
  const { metafile } = await build({
    entryPoints: ['src/main.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  graph = new Map(Object.entries(metafile.inputs).map(([path, { imports }]) => [path, imports]));
});

/** The packages loaded before anything is called, when these modules are: static imports and top-level requires. */
function packagesOf(entries: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const queue = [...entries];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const edges = graph.get(path);
    if (!edges) throw new Error(`${path} is not in the program`);
    for (const edge of edges) {
      if (edge.kind === 'dynamic-import') continue;
      if (!edge.external) queue.push(edge.path);
      else if (!edge.path.startsWith('node:')) packages.add(edge.path);
    }
  }
  return [...packages].sort();
}

describe('start-up', () => {
  it('loads no package before it knows what was asked', () => {
    expect(packagesOf(['src/main.ts'])).toEqual([]);
  });

  it('loads commander alone to read the command line', () => {
    expect(packagesOf(['src/cli/parse.ts', 'src/cli/registry.ts', 'src/cli/words.ts'])).toEqual(['commander']);
  });

  it.each([
    ['next', 'src/commands/next/next.ts', 'src/commands/next/next.view.ts'],
    ['status', 'src/commands/status/status.ts', 'src/commands/status/status.view.ts'],
    ['bare aisafe', 'src/commands/overview/overview.ts', 'src/commands/overview/overview.view.ts'],
    ['done', 'src/commands/tasks/verbs.ts', 'src/commands/tasks/move.view.ts'],
    ['search', 'src/commands/find/search.ts', 'src/commands/find/search.view.ts'],
    ['list', 'src/commands/browse/list.ts', 'src/commands/browse/list.view.ts'],
  ])('loads no validator, YAML parser or prompt for %s', (_name, ...modules) => {
    const hot = [...modules, 'src/store/open.ts', 'src/content/load.ts', 'src/ui/screen.ts', 'src/context.ts'];
    expect(packagesOf(hot)).toEqual([]);
  });
});
