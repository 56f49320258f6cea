import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { UsablePython } from '../find-python.js';
import { type LabFolder, shippedKit } from '../lab-folder.js';
import { readLabCode } from '../package-hash.js';
import type { LabReport } from './report.js';

/** Reports of labs without findings, kept while the lab, the kit, Python and the guide stay as they are. */
export interface VerifyCache {
  find(lab: LabFolder): LabReport | undefined;
  remember(lab: LabFolder, report: LabReport): void;
}

interface Surroundings {
  readonly python: UsablePython;
  readonly guide: string | undefined;
}

/** Goes up whenever the gates ask for more. */
const gatesVersion = 1;

/** @param path of a JSON file; it need not be there, and losing it costs only time. */
export function openVerifyCache(path: string, { python, guide }: Surroundings): VerifyCache {
  const around = createHash('sha256')
    .update(JSON.stringify([gatesVersion, python.version, python.numpy, guide ?? null, kitHash()]))
    .digest('hex');
  const keyOf = (lab: LabFolder) =>
    createHash('sha256')
      .update(`${around}${readLabCode(lab).hash}`)
      .digest('hex');
  const kept = readKept(path);
  return {
    find: (lab) => {
      const report = kept.get(`${lab.lab.id}:${keyOf(lab)}`);
      return report && { ...report, isCached: true };
    },
    remember: (lab, report) => {
      if (report.findings.length > 0) return;
      for (const key of kept.keys()) if (key.startsWith(`${lab.lab.id}:`)) kept.delete(key);
      kept.set(`${lab.lab.id}:${keyOf(lab)}`, report);
      save(path, JSON.stringify(Object.fromEntries(kept)));
    },
  };
}

function kitHash(): string {
  const kit = shippedKit();
  const hash = createHash('sha256');
  const names = readdirSync(kit, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.py'));
  for (const name of names.sort()) hash.update(`${name}\0`).update(readFileSync(join(kit, name)));
  return hash.digest('hex');
}

/** The file is ours and says nothing but what saves time: whatever does not look right is left out. */
function readKept(path: string): Map<string, LabReport> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null) return new Map();
    return new Map(Object.entries(value).filter((entry): entry is [string, LabReport] => isReport(entry[1])));
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return new Map();
    throw error;
  }
}

function isReport(value: unknown): value is LabReport {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['id', 'checks', 'mutants', 'mutantsCaught', 'seeds', 'fuzz', 'seconds', 'findings', 'notes'].every(
      (key) => key in value,
    )
  );
}

function save(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    // A folder that cannot be written to only costs time.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
