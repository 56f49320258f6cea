#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 18)) {
  process.stderr.write(`aisafe needs Node 20.18 or newer; this is ${process.versions.node}.\nInstall a current Node, then run the same command again.\n`);
  process.exitCode = 7;
} else {
  await import('../dist/main.js').catch((error) => {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.url ?? error.message).includes('dist/main.js')) throw error;
    process.stderr.write('aisafe has not been built yet.\nRun: npm run build\n');
    process.exitCode = 7;
  });
}
