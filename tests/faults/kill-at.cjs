/** Loaded before the program: ends it, as a power cut would, before its call number AISAFE_KILL_AT of SQLite. */
const last = Number(process.env.AISAFE_KILL_AT);
const { dlopen } = process;
let calls = 0;

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

process.dlopen = (module, filename, ...rest) => {
  dlopen.call(process, module, filename, ...rest);
  if (!filename.endsWith('better_sqlite3.node')) return;
  patch(module.exports.Database.prototype, ['exec', 'prepare']);
  patch(module.exports.Statement.prototype, ['run', 'get', 'all', 'iterate']);
};
