import { defineConfig } from 'vite';

/**
 * How the program is built: CommonJS chunks that load when they are called for. Node loads these faster than ES
 * modules, and faster than one file with everything in it: see CONTRIBUTING.md, "Where start-up time goes".
 */
export default defineConfig({
  build: {
    ssr: 'src/main.ts',
    target: 'node20.18',
    outDir: 'dist',
    minify: 'esbuild',
    sourcemap: true,
    rollupOptions: {
      output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
    },
  },
  // Packages stay packages.
  ssr: { external: true },
});
