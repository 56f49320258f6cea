import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCatalogue } from '../../src/errors.js';
import { type Cli, createCli, type RunOptions } from '../helpers/cli.js';
import { interrupt } from '../helpers/prompter.js';
import { rawDatabase } from '../store/temp-store.js';

interface Case {
  readonly argv: readonly string[];
  /** Prepares the data folder; runs after the store was made. */
  readonly prepare?: (cli: Cli) => void | Promise<void>;
  readonly options?: RunOptions;
  /** What the message names: the thing that is wrong, as the learner knows it. */
  readonly names: RegExp;
}

const store = (cli: Cli) => join(cli.home, 'aisafe.db');

const cases: Readonly<Partial<Record<ErrorCode, Case>>> = {
  USAGE: { argv: ['list', 'phase1', 'phase2'], names: /argument/ },
  UNKNOWN_COMMAND: { argv: ['nxet'], names: /nxet/ },
  UNKNOWN_OPTION: { argv: ['next', '--minuts', '5'], names: /--minuts/ },
  MISSING_ARGUMENT: { argv: ['next', '--minutes'], names: /--minutes/ },
  BAD_VALUE: { argv: ['next', '--minutes', 'many'], names: /many/ },
  BAD_TRANSITION: {
    argv: ['skip', 'compare-roles'],
    prepare: async (cli) => void (await cli.run(['done', 'compare-roles'])),
    names: /compare-roles/,
  },
  NOTHING_TO_UNDO: { argv: ['undo'], names: /take back/ },
  NOT_FOUND: { argv: ['show', 'compare-rolls'], names: /compare-rolls/ },
  FILE_NOT_FOUND: { argv: ['import', 'nowhere.jsonl'], names: /nowhere\.jsonl/ },
  CURRICULUM_INVALID: {
    argv: ['curriculum', 'add', 'broken'],
    prepare: (cli) => {
      mkdirSync(join(cli.home, 'broken'));
      writeFileSync(join(cli.home, 'broken', 'curriculum.yaml'), 'format: 1\nid: broken\n');
    },
    names: /curriculum\.yaml:\d+/,
  },
  DATA_INVALID: {
    argv: ['import', 'bad.jsonl'],
    prepare: (cli) => writeFileSync(join(cli.home, 'bad.jsonl'), '{"schema":"aisafe.events/1","events":1}\n{}\n'),
    names: /bad\.jsonl:2/,
  },
  EVIDENCE_INVALID: { argv: ['evidence', 'add', 'compare-roles', 'ftp://example.org'], names: /ftp/ },
  STORE_NEWER: {
    argv: ['status'],
    prepare: (cli) => {
      const raw = rawDatabase(store(cli));
      raw.pragma('user_version = 1000');
      raw.close();
    },
    names: /aisafe\.db/,
  },
  STORE_CORRUPT: {
    argv: ['status'],
    prepare: (cli) => writeFileSync(store(cli), 'noise '.repeat(2000)),
    names: /aisafe\.db/,
  },
  STORE_UNWRITABLE: {
    argv: ['status'],
    prepare: (cli) => {
      for (const end of ['', '-wal', '-shm']) rmSync(`${store(cli)}${end}`, { force: true });
      mkdirSync(store(cli));
    },
    names: /aisafe\.db/,
  },
  FILE_UNWRITABLE: {
    argv: ['export', '--format', 'json', '--output', '/dev/null/x.json'],
    names: /\/dev\/null\/x\.json/,
  },
  NO_PYTHON: {
    argv: ['lab', 'check', 'tf-attention'],
    prepare: async (cli) => void (await cli.run(['lab', 'start', 'tf-attention', '--no-predictions'])),
    options: { env: { AISAFE_PYTHON: '/nowhere/python3' } },
    names: /\/nowhere\/python3/,
  },
  TOO_EARLY: { argv: ['lab', 'solution', 'tf-attention'], names: /Attention from scratch/ },
  NEEDS_TERMINAL: { argv: ['focus'], names: /terminal/ },
  INTERRUPTED: { argv: ['focus'], options: { answers: [interrupt] }, names: /kept/ },
};

/** Errors that take more than one call to bring about, and the test that does. */
const elsewhere: Readonly<Partial<Record<ErrorCode, string>>> = {
  NOT_TRUSTED: 'tests/commands/lab/check.test.ts',
  LAB_INVALID: 'tests/commands/lab/check.test.ts',
  ENVIRONMENT: 'tests/labs/run-lab.test.ts',
  STORE_LOCKED: 'tests/faults/processes.test.ts',
  STORE_FULL: 'tests/faults/disk.test.ts',
  NATIVE_MODULE: 'tests/store/processes.test.ts',
};

describe('every error', () => {
  it.each(Object.entries(elsewhere))('%s is met in the test that is named', (code, file) => {
    expect(readFileSync(file, 'utf8')).toContain(code);
  });

  it('of the catalogue is brought about here or in the test that is named', () => {
    expect(Object.keys(errorCatalogue).filter((code) => !(code in cases) && !(code in elsewhere))).toEqual([]);
  });

  it.each(Object.entries(cases))(
    '%s says what, where and what to do',
    async (code, { argv, prepare, options, names }) => {
      const cli = createCli();
      await cli.run(['next']);
      await prepare?.(cli);
      const { exitCode, stdout, json } = await cli.run([...argv, '--json'], options);
      expect(stdout).not.toBe('');
      const { error } = json;
      expect(error).toMatchObject({ code, message: expect.stringMatching(names) });
      expect(exitCode).toBe(errorCatalogue[error.code as ErrorCode]);
      // What Ctrl-C broke off needs no mending.
      if (code !== 'INTERRUPTED') expect(error.hint).toMatch(/\w/);
    },
  );
});
