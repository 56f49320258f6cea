/**
 * The program as CommonJS chunks that load when they are called for. Node loads these faster than ES modules, and
 * faster than one file with everything in it: see CONTRIBUTING.md, "Where start-up time goes".
 */
const build = {
  input: 'src/main.ts',
  platform: 'node',
  // Packages stay packages.
  external: (id) => !id.startsWith('.') && !id.startsWith('/'),
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'cjs',
    minify: true,
    sourcemap: true,
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
  },
};

// biome-ignore lint/style/noDefaultExport: the bundler asks for it
export default build;
