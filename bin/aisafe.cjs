#!/usr/bin/env node
// CommonJS and old syntax on purpose: an old Node must be able to print the sentence below.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 18)) {
  process.stderr.write(
    'aisafe needs Node 20.18 or newer; this is ' +
      process.versions.node +
      '.\nInstall a current Node, then run the same command again.\n',
  );
  process.exitCode = 7;
} else if (!require('node:fs').existsSync(require('node:path').join(__dirname, '..', 'dist', 'main.cjs'))) {
  process.stderr.write('aisafe has not been built yet.\nRun: npm run build\n');
  process.exitCode = 7;
} else {
  const { enableCompileCache } = require('node:module');
  // Node 22.8 and newer keep compiled code between runs, of the packages too.
  if (enableCompileCache) enableCompileCache();
  const { load, keep } = require('./compiled.cjs');
  process.on('exit', keep);
  load('main.cjs');
}
