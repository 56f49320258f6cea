/** Set-up of every test file: no sockets here, nor in the processes that tests start. */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const path = resolve('tests/helpers/no-sockets.cjs');
createRequire(import.meta.url)(path);
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --require "${path}"`.trim();
