import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { attemptsAt } from '../../core/assessment/attempts.js';
import { type Program, servesTrack } from '../../core/curriculum/model.js';
import {
  type ProgramStanding,
  type ProgramState,
  programStanding,
  sortPrograms,
  type WindowState,
} from '../../core/programs/windows.js';
import { findItem, openStudy, type Study } from '../lookup.js';

export interface ProgramsInput {
  readonly id: string | undefined;
  readonly open: boolean;
  readonly track: string | undefined;
  readonly type: Program['type'] | undefined;
}

export interface WindowRow {
  readonly name: string;
  readonly state: WindowState;
  readonly opens: string | null;
  readonly closes: string | null;
  readonly starts: string | null;
  readonly ends: string | null;
  /** Days from today. */
  readonly opensIn: number | null;
  readonly closesIn: number | null;
  /** Only the month is known, and it is this one. */
  readonly thisMonth: boolean;
  /** How sure the dates are: read on the program's page, found elsewhere, or guessed from earlier rounds. */
  readonly status: 'confirmed' | 'reported' | 'expected';
  readonly asOf: string;
  readonly source: string;
  readonly note: string | null;
}

export interface NeededCheckpoint {
  readonly id: string;
  readonly title: string;
  readonly phase: string;
  /** By the last finished attempt. */
  readonly standing: 'passed' | 'not-ready' | 'not-taken';
}

export interface ProgramRow {
  readonly id: string;
  readonly title: string;
  readonly by: string;
  readonly type: Program['type'];
  readonly state: ProgramState;
  readonly rolling: boolean;
  readonly url: string;
  readonly where: string | null;
  readonly commitment: string | null;
  readonly pay: string | null;
  readonly tracks: readonly string[];
  readonly cadence: string | null;
  readonly asks: string | null;
  readonly prepares: string | null;
  readonly checked: string | null;
  readonly windows: readonly WindowRow[];
  readonly checkpoints: readonly NeededCheckpoint[];
}

export interface ProgramsData {
  readonly day: string;
  /** One program was asked for by id. */
  readonly whole: boolean;
  readonly programs: readonly ProgramRow[];
}

export async function programs(context: Context, input: ProgramsInput): Promise<Result<ProgramsData>> {
  const study = await openStudy(context);
  const day = context.today();
  const track =
    input.track === undefined ? undefined : findItem(study, input.track, 'aisafe programs --track', ['track']).id;
  const chosen =
    input.id === undefined
      ? study.curriculum.programs.filter((program) => !program.retired)
      : [findItem(study, input.id, 'aisafe programs', ['program']).program];
  const wanted = chosen
    .filter(
      (program) => servesTrack(program.tracks, track) && (input.type === undefined || program.type === input.type),
    )
    .map((program) => programStanding(program, day))
    .filter(({ state }) => !input.open || state === 'open' || state === 'rolling');
  const data = {
    day,
    whole: input.id !== undefined,
    programs: sortPrograms(wanted).map((standing) => describeProgram(study, standing)),
  };
  if (wanted.length > 0) return { data };
  return { data, outcome: 'negative', hints: ['Nothing to show. All programs: aisafe programs'] };
}

function describeProgram(study: Study, { program, state, windows }: ProgramStanding): ProgramRow {
  return {
    id: program.id,
    title: program.title,
    by: program.by,
    type: program.type,
    state,
    rolling: program.rolling ?? false,
    url: program.url,
    where: program.where ?? null,
    commitment: program.commitment ?? null,
    pay: program.pay ?? null,
    tracks: program.tracks ?? [],
    cadence: program.cadence ?? null,
    asks: program.asks ?? null,
    prepares: program.prepares ?? null,
    checked: program.checked ?? null,
    windows: windows.map(({ window, state, opensIn, closesIn, thisMonth }) => ({
      name: window.name,
      state,
      opens: window.opens ?? null,
      closes: window.closes ?? null,
      starts: window.starts ?? null,
      ends: window.ends ?? null,
      opensIn: opensIn ?? null,
      closesIn: closesIn ?? null,
      thisMonth,
      status: window.status,
      asOf: window.as_of,
      source: window.source,
      note: window.note ?? null,
    })),
    checkpoints: (program.checkpoints ?? []).flatMap((id) => neededCheckpoint(study, id)),
  };
}

function neededCheckpoint({ curriculum, items, progress }: Study, id: string): readonly NeededCheckpoint[] {
  const item = items.get(id);
  if (item?.kind !== 'checkpoint') return [];
  const { checkpoint, phase } = item;
  const last = attemptsAt(progress, curriculum, checkpoint).findLast((attempt) => attempt.finishedAt !== undefined);
  const standing = last === undefined ? 'not-taken' : last.ready ? 'passed' : 'not-ready';
  return [{ id: checkpoint.id, title: checkpoint.title, phase: phase.id, standing }];
}
