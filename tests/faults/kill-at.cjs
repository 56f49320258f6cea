/** Loaded before the program: ends it, as a power cut would, before its call number AISAFE_KILL_AT of SQLite. */
const Module = require('node:module');

const last = Number(process.env.AISAFE_KILL_AT);
const load = Module._load;
let calls = 0;
let isPatched = false;

function count() {
  calls += 1;
  if (calls === last) process.kill(process.pid, 'SIGKILL');
}

function patch(prototype, names) {
  for (const name of names) {
    const method = prototype[name];
    prototype[name] = function (...args) {
      count();
      return method.apply(this, args);
    };
  }
}

Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request === 'better-sqlite3' && !isPatched) {
    isPatched = true;
    const statement = Object.getPrototypeOf(new loaded(':memory:').prepare('SELECT 1'));
    patch(loaded.prototype, ['exec', 'pragma', 'prepare']);
    patch(statement, ['run', 'get', 'all', 'iterate']);
  }
  return loaded;
};
