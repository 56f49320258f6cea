/**
 * A stand-in for `aisafe lab verify` until there is one: node verify.mjs <lab folder>... [--python P] [--guide FILE]
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { parse } from 'yaml';
import { LabSchema, MutantsSchema } from '../../src/core/curriculum/lab-schema.js';
import { AppError } from '../../src/errors.js';
import type { LabReport } from '../../src/labs/verify/report.js';
import { verifyLab } from '../../src/labs/verify/verify-lab.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { python: { type: 'string' }, guide: { type: 'string' }, kit: { type: 'string' }, json: { type: 'boolean' } },
});
const python = values.python ?? process.env.AISAFE_PYTHON ?? 'python3';
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

for (const each of positionals) {
  const path = resolve(each);
  const report = await verify(path);
  if (!report) process.exitCode = 1;
  else {
    process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : describe(report));
    if (report.findings.length > 0) process.exitCode = 1;
  }
}

async function verify(path: string): Promise<LabReport | undefined> {
  const lab = read(path, 'lab.yaml', LabSchema);
  const mutants = existsSync(join(path, 'mutants.yaml')) ? read(path, 'mutants.yaml', MutantsSchema) : [];
  if (!lab || !mutants) return undefined;
  const shipped = join(dirname(path), '_kit');
  const kit = values.kit ?? (existsSync(join(shipped, 'run.py')) ? shipped : undefined);
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
