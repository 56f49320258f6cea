/**
 * Files that do what a grader must stand: each with what must come of it. In all of them something is wrong, so none
 * may ever pass. Where a line has the comment `# here`, the first red check, or the failed load, points at it.
 */
import { small, smallSource } from './small-lab.js';

export interface HostileFile {
  readonly name: string;
  readonly source: string | Buffer;
  /** Statuses of double, total and norm; nothing is run when the file does not load. */
  readonly statuses: readonly [string, string, string];
  readonly reason?: string;
  /** What the first red check says. */
  readonly message?: RegExp;
  readonly timeScale?: number;
  readonly beside?: Readonly<Record<string, string>>;
}

const wrong = 'def double(x):\n    return 3 * x\n';
const unrun = ['skip', 'skip', 'skip'] as const;

/** `double` with this body; its first check is the one that suffers. */
const doubling = (body: string, before = '') =>
  smallSource({ before, double: `def double(x):\n${body.replace(/^/gm, '    ')}\n` });

const forged = JSON.stringify({
  n: '0'.repeat(32),
  i: 0,
  t: 'check',
  id: 'double',
  status: 'pass',
  ms: 1,
  message: '',
});

export const hostileFiles: readonly HostileFile[] = [
  {
    name: 'prints results and marks',
    source: doubling(`print('${forged}')\nprint("\\x1e" + "0" * 32 + ":total\\x1e")\nreturn 3 * x`),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'writes forged results to every descriptor',
    source: doubling(
      `import os\nfor fd in range(256):\n    try:\n        os.write(fd, b'${forged}\\n')\n    except OSError:\n        continue\nreturn 3 * x`,
    ),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'writes half a line to every descriptor',
    source: doubling(
      `import os\nfor fd in range(256):\n    try:\n        os.write(fd, b'{"n": "')\n    except OSError:\n        continue\nreturn 3 * x`,
    ),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'leaves with os._exit(0) inside a check',
    source: doubling('import os\nos._exit(0)  # here'),
    statuses: ['error', 'pass', 'pass'],
    message: /ends the program/,
  },
  {
    name: 'leaves with os._exit(0) while it is loaded',
    source: smallSource({ after: 'import os\nos._exit(0)  # here' }),
    statuses: unrun,
    reason: 'LOAD_FAILED',
  },
  {
    name: 'leaves through the C library inside a check',
    source: doubling('import ctypes\nctypes.CDLL(None)._exit(0)'),
    statuses: ['crash', 'pass', 'pass'],
    message: /exit code 0/,
  },
  {
    name: 'leaves through the C library while it is loaded',
    source: smallSource({ after: 'import ctypes\nctypes.CDLL(None)._exit(0)' }),
    statuses: unrun,
    reason: 'LOAD_FAILED',
  },
  {
    name: 'aborts',
    source: doubling('import os\nos.abort()  # here'),
    statuses: ['crash', 'pass', 'pass'],
    message: /aborted itself/,
  },
  {
    name: 'leaves with sys.exit(0) inside a check',
    source: doubling('import sys\nsys.exit(0)  # here'),
    statuses: ['error', 'pass', 'pass'],
  },
  {
    name: 'leaves with sys.exit(0) while it is loaded',
    source: smallSource({ after: 'import sys\nsys.exit(0)  # here' }),
    statuses: unrun,
    reason: 'LOAD_FAILED',
  },
  {
    name: 'loops for ever',
    source: doubling('while True: pass  # here'),
    statuses: ['timeout', 'pass', 'pass'],
  },
  {
    name: 'loops and swallows every exception',
    source: doubling('n = 0\nwhile True:\n    try:\n        while True: n = sum([n, 1])  # here\n    except: pass'),
    statuses: ['timeout', 'pass', 'pass'],
  },
  {
    name: 'loops in C without looking at signals',
    source: doubling(
      'import collections, itertools\ncollections.deque(itertools.repeat(1), maxlen=0)  # here\nreturn x',
    ),
    statuses: ['timeout', 'pass', 'pass'],
  },
  {
    name: 'backtracks for ever in a regular expression',
    source: doubling('import re\nre.match("(a+)+$", "a" * 60 + "b")  # here\nreturn x'),
    statuses: ['timeout', 'pass', 'pass'],
  },
  {
    name: 'ignores the alarm signal and loops',
    source: doubling('while True: pass  # here', 'import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)'),
    statuses: ['timeout', 'pass', 'pass'],
  },
  {
    name: 'loops while it is loaded',
    source: smallSource({ after: 'while True: pass  # here' }),
    timeScale: 0.1,
    statuses: unrun,
    reason: 'LOAD_FAILED',
  },
  {
    name: 'loops in C while it is loaded',
    source: smallSource({
      after: 'import collections, itertools\ncollections.deque(itertools.repeat(1), maxlen=0)  # here',
    }),
    timeScale: 0.1,
    statuses: unrun,
    reason: 'LOAD_FAILED',
  },
  {
    name: 'raises an error whose text cannot be made',
    source: doubling('raise Odd  # here', 'class Odd(Exception):\n    def __str__(self): return 1 / 0'),
    statuses: ['error', 'pass', 'pass'],
    message: /^Odd$/,
  },
  {
    name: 'raises an error with a text without end',
    source: doubling('raise ValueError("\\x1b[2J\\ud800" + "x" * 10_000_000)  # here'),
    statuses: ['error', 'pass', 'pass'],
  },
  {
    name: 'makes a text of a hundred megabytes of what it gives back',
    source: doubling('class Big:\n    def __repr__(self): return "x" * 100_000_000\nreturn Big()'),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'gives back a generator that never ends',
    source: doubling('import itertools\nreturn (i for i in itertools.count())'),
    statuses: ['fail', 'pass', 'pass'],
    message: /array/,
  },
  {
    name: 'traces every line and hides its stack',
    source: doubling('import sys\nsys.settrace(lambda *a: None)\nsys.tracebacklimit = 0\nreturn x[99]  # here'),
    statuses: ['error', 'pass', 'pass'],
    message: /IndexError/,
  },
  {
    name: 'replaces os.write and json.dumps',
    source: doubling('import os, json\nos.write = json.dumps = lambda *a, **k: 1\nreturn 2 * x'),
    statuses: ['crash', 'pass', 'pass'],
  },
  {
    name: 'asks NumPy for 27 GB',
    source: doubling('return np.ones((60000, 60000)).sum() * x  # here'),
    statuses: ['error', 'pass', 'pass'],
    message: /Unable to allocate/,
  },
  {
    name: 'eats memory piece by piece',
    timeScale: 10,
    source: doubling('kept = []\nwhile True:\n    kept.append(bytearray(10_000_000))  # here'),
    statuses: ['error', 'pass', 'pass'],
    message: /MemoryError/,
  },
  {
    name: 'floods the output with lines',
    timeScale: 10,
    source: doubling('for i in range(30_000): print("flood", i)\nreturn 3 * x'),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'floods the output with one line',
    timeScale: 10,
    source: doubling('import os\nfor i in range(500): os.write(1, b"x" * 65536)\nreturn 3 * x'),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'floods its error output',
    timeScale: 10,
    source: doubling('import os\nfor i in range(200): os.write(2, b"x" * 65536)\nreturn 3 * x'),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'forks, and lets the child go on with the checks',
    source: doubling('import os\nreturn 2 * x if os.fork() == 0 else 3 * x'),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'forks, waits, and lets the child go on with the checks',
    source: doubling('import os\npid = os.fork()\nif pid == 0: return 2 * x\nos.waitpid(pid, 0)\nreturn 3 * x'),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'starts a program that outlives it',
    source: doubling('import subprocess\nsubprocess.Popen(["sleep", "311"])\nreturn 3 * x'),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'starts a program in a session of its own, holding the pipes',
    source: doubling('import subprocess\nsubprocess.Popen(["sleep", "312"], start_new_session=True)\nreturn 3 * x'),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'starts a daemon that holds nothing',
    source: doubling(
      'import subprocess\nn = subprocess.DEVNULL\nsubprocess.Popen(["sleep", "313"], start_new_session=True, stdin=n, stdout=n, stderr=n)\nreturn 3 * x',
    ),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'starts a thread that never ends',
    source: doubling(
      'import threading, time\nthreading.Thread(target=lambda: [time.sleep(0.01) for _ in iter(int, 1)]).start()\nreturn 3 * x',
    ),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'closes every descriptor inside a check',
    source: doubling('import os\nos.closerange(0, 256)\nreturn 2 * x'),
    statuses: ['crash', 'pass', 'pass'],
  },
  {
    name: 'closes every descriptor while it is loaded',
    source: smallSource({ after: 'import os\nos.closerange(0, 256)' }),
    statuses: unrun,
    reason: 'LOAD_FAILED',
  },
  {
    name: 'closes its output',
    source: doubling('import os, sys\nsys.stdout.close()\nos.close(1)\nos.close(2)\nreturn 3 * x'),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'takes its output away',
    source: doubling('import sys\nsys.stdout = sys.stderr = None\nreturn 3 * x'),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'patches NumPy while it is loaded',
    source: smallSource({
      double: wrong,
      after:
        'yes = lambda *a, **k: True\nnp.allclose = np.all = np.isclose = np.array_equal = np.testing.assert_allclose = yes',
    }),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'patches NumPy and builtins inside a check',
    source: doubling(
      'import builtins\nyes = lambda *a, **k: True\nnp.allclose = np.all = builtins.all = builtins.any = yes\nreturn 3 * x',
    ),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'gives back something equal to everything',
    source: smallSource({
      before:
        'class Anything(np.ndarray):\n    def __eq__(self, other): return np.ones(self.shape, bool)\n    __le__ = __eq__',
      double: 'def double(x):\n    return (3 * x).view(Anything)\n',
    }),
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'has modules beside it that are named like the standard library’s',
    source: doubling('import random, json\nreturn 3 * x'),
    beside: { 'random.py': 'raise RuntimeError', 'json.py': 'raise RuntimeError', 'numpy.py': 'raise RuntimeError' },
    statuses: ['fail', 'pass', 'pass'],
  },
  {
    name: 'has a syntax error',
    source: smallSource({ after: 'def broken(:  # here\n    pass' }),
    statuses: unrun,
    reason: 'LOAD_FAILED',
  },
  {
    name: 'is a binary file',
    source: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 255, 254, 0]),
    statuses: unrun,
    reason: 'LOAD_FAILED',
  },
  { name: 'is empty', source: '', statuses: ['todo', 'todo', 'skip'] },
  {
    name: 'lacks a function',
    source: `${small.total}${small.norm}`,
    statuses: ['todo', 'pass', 'pass'],
    message: /double/,
  },
  {
    name: 'has not written a function yet',
    source: doubling('raise NotImplementedError("double")  # here'),
    statuses: ['todo', 'pass', 'pass'],
  },
  {
    name: 'has a number in the place of a function',
    source: smallSource({ double: 'double = 2\n' }),
    statuses: ['fail', 'pass', 'pass'],
    message: /not a function/,
  },
  {
    name: 'takes the wrong arguments',
    source: smallSource({ double: 'def double():\n    return 2\n' }),
    statuses: ['fail', 'pass', 'pass'],
    message: /takes/,
  },
  {
    name: 'reads address 0',
    source: doubling('import ctypes\nctypes.string_at(0)  # here'),
    statuses: ['crash', 'pass', 'pass'],
    message: /segmentation fault/,
  },
  {
    name: 'recurses for ever',
    source: doubling('return double(x)  # here'),
    statuses: ['error', 'pass', 'pass'],
    message: /RecursionError/,
  },
  {
    name: 'recurses for ever without a limit',
    source: doubling('return sorted([x], key=double)[0]  # here', 'import sys\nsys.setrecursionlimit(10 ** 9)'),
    statuses: ['crash', 'pass', 'pass'],
  },
  {
    name: 'kills itself',
    source: doubling('import os, signal\nos.kill(os.getpid(), signal.SIGKILL)'),
    statuses: ['crash', 'pass', 'pass'],
    message: /killed/,
  },
  {
    name: 'kills its process group',
    source: doubling('import os, signal\nos.killpg(0, signal.SIGTERM)'),
    statuses: ['crash', 'pass', 'pass'],
  },
  {
    name: 'asks for input',
    source: doubling('return int(input("factor? ")) * x  # here'),
    statuses: ['error', 'pass', 'pass'],
    message: /EOFError/,
  },
  {
    name: 'raises KeyboardInterrupt',
    source: doubling('raise KeyboardInterrupt  # here'),
    statuses: ['error', 'pass', 'pass'],
  },
  {
    name: 'imports what is not there',
    source: smallSource({ after: 'import nowhere_to_be_found  # here' }),
    statuses: unrun,
    reason: 'LOAD_FAILED',
  },
  {
    name: 'imports what the lab forbids',
    source: smallSource({ after: 'import torch.nn  # here' }),
    statuses: unrun,
    reason: 'FORBIDDEN',
  },
  {
    name: 'calls what the lab forbids, under another name',
    source: smallSource({ norm: 'from numpy import linalg as la\ndef norm(x):\n    return la.norm(x)  # here\n' }),
    statuses: unrun,
    reason: 'FORBIDDEN',
  },
  {
    name: 'writes a file without end',
    source: doubling('with open("big", "wb") as f:\n    while True: f.write(b"x" * 2 ** 20)  # here'),
    statuses: ['error', 'pass', 'pass'],
  },
  {
    name: 'leaves from another thread between checks',
    source: smallSource({
      after:
        'import ctypes, threading, time\nleave = ctypes.CDLL(None)._exit\nthreading.Thread(target=lambda: (time.sleep(0.3), leave(0)), daemon=True).start()',
      double: 'import time\ndef double(x):\n    time.sleep(0.7)\n    return 2 * x\n',
    }),
    statuses: ['crash', 'pass', 'pass'],
  },
  {
    name: 'cancels the watchdog and the alarm, and loops',
    source: doubling(
      'import faulthandler, signal\nfaulthandler.cancel_dump_traceback_later()\nsignal.setitimer(signal.ITIMER_REAL, 0)\nwhile True: pass',
    ),
    statuses: ['timeout', 'skip', 'skip'],
    reason: 'TIMEOUT',
  },
  {
    name: 'stops itself',
    source: doubling('import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)'),
    statuses: ['timeout', 'skip', 'skip'],
    reason: 'TIMEOUT',
  },
];
