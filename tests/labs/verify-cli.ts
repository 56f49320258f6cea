/**
 * A stand-in for `aisafe lab verify` until there is one: node verify.mjs <lab folder>... [--python P] [--guide FILE]
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { parse } from 'yaml';
import { LabSchema, MutantsSchema } from '../../src/core/curriculum/lab-schema.js';
import { applyMutant } from '../../src/core/lab/apply-mutant.js';
import type { LabRun } from '../../src/core/lab/lab-run.js';
import type { LabReport } from '../../src/core/lab/verify-report.js';
import { AppError } from '../../src/errors.js';
import { findPython } from '../../src/labs/find-python.js';
import { runLab } from '../../src/labs/run-lab.js';
import { createBench } from '../../src/labs/verify/bench.js';
import { verifyLab } from '../../src/labs/verify/verify-lab.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string' },
    guide: { type: 'string' },
    kit: { type: 'string' },
    json: { type: 'boolean' },
    check: { type: 'string' },
    mutant: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
  },
});
const found = await findPython({ env: process.env, setting: values.python, workspace: process.cwd() });
if (found.type === 'not-found') throw new Error(`${found.message} ${found.hint}`);
const python = found.python.executable;
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

for (const each of positionals) {
  const path = resolve(each);
  const report = values.check === undefined && values.mutant === undefined ? await verify(path) : await check(path);
  if (!report) process.exitCode = 1;
  else {
    process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : describe(report));
    if (report.findings.length > 0) process.exitCode = 1;
  }
}

function readPackage(path: string) {
  const lab = read(path, 'lab.yaml', LabSchema);
  const mutants = existsSync(join(path, 'mutants.yaml')) ? read(path, 'mutants.yaml', MutantsSchema) : [];
  if (!lab || !mutants) return undefined;
  const shipped = join(dirname(path), '_kit');
  return { lab, mutants, kit: values.kit ?? (existsSync(join(shipped, 'run.py')) ? shipped : undefined) };
}

async function check(path: string): Promise<undefined> {
  const found = readPackage(path);
  if (!found) return;
  const { lab, mutants, kit } = found;
  const bench = await createBench({ path, lab });
  try {
    let learnerFile = resolve(values.check ?? '');
    if (values.mutant !== undefined) {
      const mutant = mutants.find(({ id }) => id === values.mutant);
      if (!mutant) throw new Error(`no mutant ${values.mutant}`);
      const applied = applyMutant(readFileSync(join(path, 'solution.py'), 'utf8'), mutant);
      if (applied.type === 'misfit') throw new Error(applied.message);
      learnerFile = await bench.place('mutant', applied.source);
    }
    const run = await runLab({
      lab: { path, lab },
      learnerFile,
      seed: Number(values.seed ?? 3),
      only: values.only?.split(','),
      python,
      timeScale: 1,
      kit,
      signal: stop.signal,
    });
    process.stdout.write(values.json ? `${JSON.stringify(run, null, 2)}\n` : show(run));
  } finally {
    await bench.remove();
  }
}

function show(run: LabRun): string {
  const lines = run.checks.flatMap(({ id, status, ms, message, details, where, output }) => [
    `${status.padEnd(7)} ${id} (${ms} ms) ${message}`,
    ...(where ? [`          ${where.file}:${where.line} in ${where.func}: ${where.code}`] : []),
    ...(details === null ? [] : details.split('\n').map((line) => `          ${line}`)),
    ...(output === ''
      ? []
      : output
          .trimEnd()
          .split('\n')
          .map((line) => `        | ${line}`)),
  ]);
  const metrics = run.metrics.map(({ check, name, value }) => `metric  ${check} ${name} = ${value}`);
  const reason = run.reason ? [`${run.reason.code}: ${run.reason.message}`] : [];
  return [...lines, ...metrics, ...reason, `${run.verdict} · seed ${run.seed} · ${run.ms} ms`, ''].join('\n');
}

async function verify(path: string): Promise<LabReport | undefined> {
  const found = readPackage(path);
  if (!found) return undefined;
  const { lab, mutants, kit } = found;
  try {
    return await verifyLab({
      lab: { path, lab },
      mutants,
      python,
      guide: values.guide === undefined ? undefined : readFileSync(values.guide, 'utf8'),
      kit,
      signal: stop.signal,
      onProgress: (text) => {
        if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${basename(path)}: ${text}`);
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n`);
    return undefined;
  }
}

function read<const S extends v.GenericSchema>(path: string, name: string, schema: S): v.InferOutput<S> | undefined {
  let value: unknown;
  try {
    value = parse(readFileSync(join(path, name), 'utf8'));
  } catch (error) {
    process.stdout.write(`${basename(path)}/${name}: ${String(error)}\n`);
    return undefined;
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  for (const issue of result.issues) {
    process.stdout.write(`${basename(path)}/${name}: ${v.getDotPath(issue) ?? ''}: ${issue.message}\n`);
  }
  return undefined;
}

function describe(report: LabReport): string {
  const { id, checks, mutantsCaught, mutants, seeds, fuzz, seconds, slowestCheck: slow, findings, notes } = report;
  const slowest = slow ? ` · slowest check ${slow.id} ${slow.ms} ms of ${slow.timeout} s` : '';
  return [
    `${process.stderr.isTTY ? '\r\x1b[K' : ''}${findings.length === 0 ? 'ok  ' : 'BAD '} ${id}: ${checks} checks · ` +
      `${mutantsCaught}/${mutants} mutants caught · ${seeds} seeds · ${fuzz} fuzzed · ${seconds} s${slowest}`,
    ...findings.map(({ gate, message }) => `     ${gate}: ${message}`),
    ...notes.map((note) => `     (${note})`),
    '',
  ].join('\n');
}
