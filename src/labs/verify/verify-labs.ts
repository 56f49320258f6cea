import { availableParallelism } from 'node:os';
import type { Mutant } from '../../core/curriculum/model.js';
import { type LabReport, readGoodResults, type VerifyFigures, writeGoodResults } from '../../core/lab/verify-report.js';
import { AppError } from '../../errors.js';
import type { UsablePython } from '../find-python.js';
import { type LabFolder, shippedKit } from '../lab-folder.js';
import type { Environment } from '../python-environment.js';
import { readRemembered, writeRemembered } from '../remembered-file.js';
import { hashContent } from './content-hash.js';
import { notesOn, verifyLab } from './verify-lab.js';

export interface VerifyLabsRequest {
  readonly labs: readonly { readonly lab: LabFolder; readonly mutants: readonly Mutant[] }[];
  readonly python: Pick<UsablePython, 'executable' | 'version' | 'numpy'>;
  /** Text that the sentences of `serves` are taken from; left out: they are not looked up. */
  readonly guide?: string | undefined;
  readonly timeScale?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How many labs at a time; left out: one a processor, eight at most. */
  readonly parallel?: number | undefined;
  /** Path of a JSON file that good results are kept in: a lab of the same content is not run again. */
  readonly cache?: string | undefined;
  /** Runs all the same, and keeps the result. */
  readonly fresh?: boolean | undefined;
  readonly onReport?: ((report: LabReport) => void) | undefined;
  readonly onProgress?: ((lab: string, text: string) => void) | undefined;
  readonly env?: Environment | undefined;
  readonly kit?: string | undefined;
}

/** Goes up whenever the gates ask for more. */
const gatesVersion = 1;

/** More would gain little, and Node warns of more than ten listeners on one signal. */
const mostParallel = 8;

/**
 * Holds several lab packages to all gates, some at a time. The reports are in the order of the labs.
 * @throws AppError INTERRUPTED when it was called off; what is finished by then has been reported and is remembered.
 */
export async function verifyLabs(request: VerifyLabsRequest): Promise<readonly LabReport[]> {
  const { labs, signal, parallel = Math.min(availableParallelism(), mostParallel) } = request;
  const reports = new Map<number, LabReport>();
  const memory = openMemory(request);
  const waiting = [...labs.entries()];
  const stop = new AbortController();
  const signals = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;

  const work = async () => {
    for (let next = waiting.shift(); next && !signals.aborted; next = waiting.shift()) {
      const [index, each] = next;
      const report = memory.find(each.lab) ?? (await verifyOne(request, each, signals));
      if (report.findings.length === 0 && !report.isCached) memory.keep(each.lab, report);
      reports.set(index, report);
      request.onReport?.(report);
    }
  };
  const workers = Array.from({ length: Math.max(1, Math.min(parallel, labs.length)) }, async () => {
    try {
      await work();
    } catch (error) {
      // The others must not run on while the error is on its way.
      stop.abort();
      throw error;
    }
  });
  const ends = await Promise.allSettled(workers);
  if (signal?.aborted) throw new AppError('INTERRUPTED', 'Verifying was interrupted.');
  // An error of one stops the others with INTERRUPTED; the one that caused it is told.
  const errors = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  const cause = errors.find((error) => !(error instanceof AppError && error.code === 'INTERRUPTED')) ?? errors[0];
  if (cause !== undefined) throw cause;
  return labs.flatMap((_, index) => reports.get(index) ?? []);
}

function verifyOne(
  { python, guide, timeScale, env, kit, onProgress }: VerifyLabsRequest,
  { lab, mutants }: VerifyLabsRequest['labs'][number],
  signal: AbortSignal,
): Promise<LabReport> {
  const tell = (text: string) => onProgress?.(lab.lab.id, text);
  return verifyLab({ lab, mutants, python: python.executable, guide, timeScale, signal, onProgress: tell, env, kit });
}

/** Good results of labs whose content, grader and Python are the same as now. */
function openMemory({ cache, fresh, python, guide, timeScale = 1, kit }: VerifyLabsRequest) {
  const words = [String(gatesVersion), python.version, python.numpy, String(timeScale), guide ?? ''];
  const hashOf = ({ path }: LabFolder) => hashContent([path, kit ?? shippedKit()], words);
  return {
    find: (lab: LabFolder): LabReport | undefined => {
      if (cache === undefined || fresh) return undefined;
      const known = readGoodResults(readRemembered(cache))[lab.lab.id];
      if (known?.hash !== hashOf(lab)) return undefined;
      return { ...known.figures, findings: [], notes: notesOn(guide), isCached: true };
    },
    keep: (lab: LabFolder, { findings: _, notes: __, isCached: ___, ...figures }: LabReport) => {
      if (cache === undefined) return;
      // Read again each time: another process may have added to it.
      const good = readGoodResults(readRemembered(cache));
      const entry: { readonly hash: string; readonly figures: VerifyFigures } = { hash: hashOf(lab), figures };
      writeRemembered(cache, writeGoodResults({ ...good, [lab.lab.id]: entry }));
    },
  };
}
