#!/usr/bin/env node
// Starts the program. CommonJS in old syntax on purpose: an old Node must be able to print the sentence below.
//
// The chunks of the build are loaded with the code that V8 compiled for them in an earlier run: compiling is a third of what a command
// takes to start, and Node 20 keeps nothing. V8 checks what is kept against its own version and flags, and compiles anew when it does
// not fit; what is kept lies beside the chunks, so whoever can change it can change them.
// biome-ignore-start lint/style/useNodejsImportProtocol: an old Node does not know it
const { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('fs');
const { join } = require('path');
const { Script } = require('vm');
// biome-ignore-end lint/style/useNodejsImportProtocol: as above

// The same as node:module, which takes a millisecond to load.
const Module = module.constructor;
const dist = join(__dirname, '..', 'dist');
const folder = join(dist, `compiled-${process.versions.v8}-${process.arch}`);
/** The build has put each chunk, which is ASCII, into a function: a copy of its text would take as long as reading it. */
const head = '(function (exports, require, module, __filename, __dirname) {';

/** The scripts compiled here that nothing was kept of, by the name of their chunk. */
const fresh = new Map();

/** The exports of a chunk; every later `require` of it gives the same. */
function load(name) {
  const filename = join(dist, name);
  const known = require.cache[filename];
  if (known) return known.exports;
  const chunk = new Module(filename, module);
  chunk.filename = filename;
  chunk.importPackage = importPackage;
  require.cache[filename] = chunk;
  const requireThere = Module.createRequire(filename);
  const requireChunk = (id) => (/^\.\/[^/]+\.cjs$/.test(id) ? load(id.slice(2)) : requireThere(id));
  compile(name, filename).runInThisContext().call(chunk.exports, chunk.exports, requireChunk, chunk, filename, dist);
  chunk.loaded = true;
  return chunk.exports;
}

/** An `import()` in a chunk itself fails when V8 has its code from an earlier run: the build writes this in its place. */
function importPackage(id) {
  return import(id);
}

function compile(name, filename) {
  const cachedData = readCompiled(name);
  const script = new Script(readFileSync(filename, 'latin1'), { filename, columnOffset: -head.length, cachedData });
  // With other flags than usual what is kept for the usual ones does not fit, and stays.
  const isUnusual = process.execArgv.length > 0 || process.env.NODE_OPTIONS !== undefined;
  if (isKept(name) && !isUnusual && (!cachedData || script.cachedDataRejected)) fresh.set(name, script);
  return script;
}

/** A name must hold a hash of the content, as V8 itself compares no more than lengths. */
function isKept(name) {
  return /-[\w-]{8}\.cjs$/.test(name);
}

function readCompiled(name) {
  if (!isKept(name)) return undefined;
  try {
    return readFileSync(join(folder, `${name}.bin`));
  } catch {
    // The first run of this Node, or the folder cannot be read: it only saves time.
    return undefined;
  }
}

/** Keeps what was compiled anew, with the functions that have been called so far. */
function keep() {
  for (const [name, script] of fresh) {
    const temporary = join(folder, `${name}.${process.pid}.partial`);
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(temporary, script.createCachedData());
      renameSync(temporary, join(folder, `${name}.bin`));
    } catch {
      // A program that was installed by someone else: it only saves time.
      rmSync(temporary, { force: true });
    }
  }
}

function start() {
  const version = process.versions.node;
  const [major, minor] = version.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 18)) {
    const hint = 'Install a current Node, then run the same command again.';
    process.stderr.write(`aisafe needs Node 20.18 or newer; this is ${version}.\n${hint}\n`);
    process.exitCode = 7;
    return;
  }
  if (!existsSync(join(dist, 'main.cjs'))) {
    process.stderr.write('aisafe has not been built yet.\nRun: npm run build\n');
    process.exitCode = 7;
    return;
  }
  // Node 22.8 and newer keep compiled code between runs, of the packages too.
  const enableCompileCache = major >= 22 && require('node:module').enableCompileCache;
  if (enableCompileCache) enableCompileCache();
  process.on('exit', keep);
  load('main.cjs');
}

if (require.main === module) start();
module.exports = { keep, load };
