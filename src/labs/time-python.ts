import { execFile } from 'node:child_process';
import { type Environment, pythonEnvironment } from './python-environment.js';

const script = `
import time
import numpy as np
a = np.random.RandomState(0).rand(512, 512)
best = 9e9
for _ in range(3):
    t = time.perf_counter()
    a @ a
    best = min(best, time.perf_counter() - t)
print("aisafe-matmul:%.3f" % (best * 1000))
`;

/** Milliseconds that a 512 x 512 matrix product takes, best of three; undefined when it could not be timed. */
export function timeMatrixProduct(python: string, env: Environment): Promise<number | undefined> {
  return new Promise((resolve) => {
    execFile(python, ['-B', '-c', script], { env: pythonEnvironment(env), timeout: 60_000 }, (error, stdout) => {
      const figure = error ? undefined : /^aisafe-matmul:([\d.]+)$/m.exec(stdout)?.[1];
      resolve(figure === undefined ? undefined : Number(figure));
    });
  });
}

/** The labs are verified with a product of some 120 ms and a third of each limit. */
const slowProduct = 300;

/** Factor on the time limits for a computer that is slower than any the labs were verified on. */
export function suggestTimeScale(milliseconds: number): number {
  return milliseconds <= slowProduct ? 1 : Math.min(20, Math.ceil(milliseconds / slowProduct));
}
