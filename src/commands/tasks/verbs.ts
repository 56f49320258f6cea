import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { EvidenceReference, NewEvent } from '../../core/progress/event.js';
import { qualify } from '../../core/progress/progress.js';
import { subject } from '../../core/progress/subject.js';
import { addDays } from '../../core/time/calendar.js';
import { AppError } from '../../errors.js';
import { newId } from '../../platform/new-id.js';
import { openStudy } from '../lookup.js';
import { aboutTask, type MoveData, type MovedItem, moveItems } from './move.js';

export interface TasksInput {
  readonly ids: readonly string[];
}

export interface ReasonInput extends TasksInput {
  readonly reason: string | undefined;
}

export interface DeferInput extends TasksInput {
  readonly until: string | undefined;
  readonly days: number | undefined;
}

export interface DoneInput extends TasksInput {
  readonly evidence: readonly string[];
  readonly minutes: number | undefined;
  readonly note: string | undefined;
}

export async function start(context: Context, { ids }: TasksInput): Promise<Result<MoveData>> {
  const study = await openStudy(context);
  const data = await moveItems(context, 'start', ids, (target) => [
    { kind: 'task.started', ...aboutTask(study, target), data: {} },
  ]);
  return { data };
}

export async function skip(context: Context, { ids, reason }: ReasonInput): Promise<Result<MoveData>> {
  const study = await openStudy(context);
  const data = await moveItems(context, 'skip', ids, (target) => [
    { kind: 'task.skipped', ...aboutTask(study, target), data: withReason(reason) },
  ]);
  return { data };
}

export async function waive(context: Context, { ids, reason }: ReasonInput): Promise<Result<MoveData>> {
  const study = await openStudy(context);
  const data = await moveItems(context, 'waive', ids, (target) => [
    { kind: 'task.waived', ...aboutTask(study, target), data: withReason(reason) },
  ]);
  return { data };
}

export async function defer(context: Context, { ids, until, days }: DeferInput): Promise<Result<MoveData>> {
  if (until !== undefined && days !== undefined) {
    throw new AppError('USAGE', 'Give either --until or --days, not both.', {
      hint: `aisafe defer ${ids[0]} --days ${days}`,
    });
  }
  const today = context.today();
  const day = until ?? addDays(today, days ?? 7);
  if (day <= today) {
    throw new AppError('BAD_VALUE', `--until: ${day} is not after today, ${today}.`, {
      hint: `aisafe defer ${ids[0]} --until ${addDays(today, 7)}`,
    });
  }
  const study = await openStudy(context);
  const data = await moveItems(context, 'defer', ids, (target) => [
    { kind: 'task.deferred', ...aboutTask(study, target), data: { until: day } },
  ]);
  return { data };
}

export async function reopen(context: Context, { ids }: TasksInput): Promise<Result<MoveData>> {
  const study = await openStudy(context);
  const data = await moveItems(context, 'reopen', ids, (target): readonly NewEvent[] =>
    target.kind === 'step'
      ? [{ kind: 'step.reopened', ...aboutTask(study, target), data: { step: target.step.id } }]
      : [{ kind: 'task.reopened', ...aboutTask(study, target), data: {} }],
  );
  return { data };
}

export async function done(context: Context, { ids, evidence, minutes, note }: DoneInput): Promise<Result<MoveData>> {
  if (minutes !== undefined && new Set(ids).size > 1) {
    throw new AppError('USAGE', '--minutes goes with one task or step at a time.', {
      hint: `aisafe done ${ids[0]} --minutes ${minutes}`,
    });
  }
  const study = await openStudy(context);
  const references = evidence.length === 0 ? [] : await readReferences(context, evidence);
  const data = await moveItems(
    context,
    'done',
    ids,
    (target): readonly NewEvent[] =>
      target.kind === 'step'
        ? [{ kind: 'step.done', ...aboutTask(study, target), data: { step: target.step.id } }]
        : [{ kind: 'task.done', ...aboutTask(study, target), data: {} }],
    async ({ curriculum, progress }, targets) => {
      const ids = new Set([...progress.evidence.keys(), ...progress.note.keys()]);
      const freshId = () => {
        const id = newId(context.random, (each) => ids.has(each));
        ids.add(id);
        return id;
      };
      const items = [...new Set(targets.map(({ task }) => qualify(curriculum, task.id)))];
      const events: NewEvent[] = references.map((reference) => ({
        kind: 'evidence.added',
        subject: subject.evidence(freshId()),
        data: { items, reference },
      }));
      const [only] = targets;
      if (minutes !== undefined && only)
        events.push({ kind: 'time.logged', ...aboutTask(study, only), data: { minutes } });
      if (note !== undefined) {
        for (const item of items)
          events.push({ kind: 'note.added', subject: subject.note(freshId()), data: { item, text: note } });
      }
      return events;
    },
  );
  return { data, hints: hintsAfterDone(data.items) };
}

function hintsAfterDone(items: readonly MovedItem[]): readonly string[] {
  return items.flatMap((item) => {
    const [task = ''] = item.id.split('/');
    if (item.step && item.to !== 'done' && item.steps.every((step) => step.done))
      return [`That was its last step. To finish the task: aisafe done ${task}`];
    return [];
  });
}

function withReason(reason: string | undefined): { readonly reason?: string } {
  return reason === undefined ? {} : { reason };
}

async function readReferences(context: Context, evidence: readonly string[]): Promise<readonly EvidenceReference[]> {
  // Looking into files and repositories loads much that a plain “done” does without.
  const { parseEvidence } = await import('../evidence/reference.js');
  return Promise.all(evidence.map((text) => parseEvidence(context, text)));
}
