import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin, type Rollup } from 'vite';

/** What reading a command line takes, with all that these import: help and mistakes load nothing else. */
const words = [/^src\/run\.ts$/, /^src\/cli\//, /^src\/commands\/[^/]+\/spec\.ts$/];

/** What the commands of every day load besides, in one chunk: its compiled code is kept between runs (bin/aisafe.cjs). */
const everyday = [
  /^src\/store\//,
  /^src\/platform\/(event-id|new-id)/,
  /^src\/ui\/(?!prompter|ask-keys|read-key)/,
  /^src\/commands\/(next|overview|status|tasks)\//,
  /^src\/commands\/(lookup|due-today|remember|read-bank|concepts\/read-mastery)/,
  /^src\/commands\/(find\/search|browse\/list|quiz\/(review\.ts|is-listed|(quiz|question)\.view))/,
  /^src\/content\/(load|kept)\.ts$/,
  /^src\/core\/(planning|progress|programs|search|settings|text|time)\//,
  /^src\/core\/curriculum\/question-bank\.ts$/,
  /^src\/core\/assessment\/(attempts|drawn-questions|support)\.ts$/,
  /^src\/core\/schedule\/(leech|queue|retrievability)\.ts$/,
  /^src\/core\/quiz\/(askable|calibration|confidence-counts|generator|interleave|mastery|quiz-item|select)/,
  /^node_modules\/better-sqlite3\//,
];

/** What asking a question takes besides. */
const questions = [/^src\/commands\/quiz\//, /^src\/core\/(quiz|schedule)\//, /^node_modules\/(jsep|ts-fsrs)\//];

/** What only the linter needs: the engine of regular expressions comes with it. */
const lint = /^src\/core\/quiz\/(length-tell|regex-problem|similar-questions)/;

const prompts = /^src\/commands\/quiz\/(answers-file|sit-down|ask-|rubric)/;

/**
 * Commander starts programs only for commands that are files of their own, and loading the module takes 4 ms. better-sqlite3 is told
 * where its native half is, and need not search.
 */
export const neverCalled: Plugin = {
  name: 'never-called',
  enforce: 'pre',
  resolveId: (id, importer) =>
    (id === 'node:child_process' && importer?.includes('commander')) ||
    (id === 'bindings' && importer?.includes('better-sqlite3'))
      ? '\0nothing'
      : undefined,
  load: (id) => (id === '\0nothing' ? 'export default {};' : undefined),
};

/** Packages that are ES modules only: code that was kept from an earlier run cannot import them itself. */
const importsByLoader: Plugin = {
  name: 'imports-by-loader',
  renderDynamicImport: ({ targetChunk }) =>
    targetChunk === null ? { left: 'module.importPackage(', right: ')' } : null,
};

const head = '(function (exports, require, module, __filename, __dirname) {';

/** As bin/aisafe.cjs takes them: each chunk is a function, in ASCII. What is done to it there would be done at every start. */
const functionsInAscii: Plugin = {
  name: 'functions-in-ascii',
  generateBundle: (_options, bundle) => {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      // esbuild leaves regular expressions as they are.
      const ascii = chunk.code.replace(
        /[^\0-\x7f]/g,
        (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
      const [code, map = ''] = ascii.split(/(?=\/\/# sourceMappingURL=)/);
      chunk.code = `${head}${code}})\n${map}`;
    }
  },
};

/** The path of a module from the folder of the project or of its packages on. */
function pathOf(id: string): string {
  return id.slice(id.search(/(src|node_modules)\/(?!.*node_modules\/)/));
}

function isIn(list: readonly RegExp[], id: string): boolean {
  return list.some((each) => each.test(pathOf(id)));
}

let wordModules: ReadonlySet<string> | undefined;

/** The modules and all that is loaded with them. */
function withImports(ids: readonly string[], getModuleInfo: Rollup.GetModuleInfo): ReadonlySet<string> {
  const found = new Set(ids);
  for (const id of found) for (const imported of getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}

/** What tells one build from another. */
function hashSources(folder: string): string {
  const hash = createHash('sha256');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  for (const name of names) if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}

/**
 * How the program is built: CommonJS chunks that load when they are called for. Node loads these faster than ES
 * modules, and faster than one file with everything in it: see CONTRIBUTING.md, "Where start-up time goes".
 */
export default defineConfig({
  plugins: [neverCalled, importsByLoader, functionsInAscii],
  esbuild: { charset: 'ascii' },
  define: { __AISAFE_BUILD__: JSON.stringify(hashSources('src')) },
  build: {
    ssr: 'src/main.ts',
    target: 'node20.18',
    outDir: 'dist',
    minify: 'esbuild',
    sourcemap: true,
    rollupOptions: {
      // That a module is both imported and loaded on demand is meant: the bodies of everyday commands share a chunk.
      onwarn: (warning, warn) => {
        if (warning.code === 'CIRCULAR_CHUNK') throw new Error(warning.message);
        if (warning.plugin !== 'vite:reporter') warn(warning);
      },
      output: {
        format: 'cjs',
        // Nobody changes or asks for the names of modules inside: they need not be made at every start.
        freeze: false,
        generatedCode: { symbols: false },
        externalLiveBindings: false,
        entryFileNames: '[name].cjs',
        chunkFileNames: '[name]-[hash].cjs',
        manualChunks: (id, { getModuleIds, getModuleInfo }) => {
          const path = pathOf(id);
          if (/^src\/(errors|version)\.ts$/.test(path) || id.endsWith('package.json')) return 'edge';
          wordModules ??= withImports(
            [...getModuleIds()].filter((each) => isIn(words, each)),
            getModuleInfo,
          );
          if (wordModules.has(id)) return 'words';
          if (isIn(everyday, id)) return 'everyday';
          return isIn(questions, id) && !prompts.test(path) && !lint.test(path) ? 'questions' : undefined;
        },
      },
    },
  },
  // Packages stay packages, but for those whose JavaScript takes long to load from many files.
  ssr: { external: true, noExternal: ['better-sqlite3', 'commander', 'jsep', 'ts-fsrs', 'valibot', 'yaml'] },
});
