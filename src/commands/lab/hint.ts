import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { nearest } from '../../core/search/nearest.js';
import { AppError } from '../../errors.js';
import { findPlace, type LabPlace } from './place.js';

export interface HintInput {
  readonly id: string | undefined;
  readonly topic: string | undefined;
  readonly yes: boolean;
}

export interface HintData {
  readonly lab: string;
  readonly topic: string;
  /** Those seen so far, the newest last. */
  readonly hints: readonly string[];
  /** How many there are on the topic. */
  readonly total: number;
  /** False when every hint had been seen before. */
  readonly isNew: boolean;
  /** Steps seen and steps there are of every topic. */
  readonly topics: readonly { readonly topic: string; readonly seen: number; readonly total: number }[];
  readonly command: string;
}

/** The next hint on what does not work yet. Hints are on record beside a pass and take nothing from it. */
export async function hint(context: Context, input: HintInput): Promise<Result<HintData>> {
  const place = await findPlace(context, input.id, 'aisafe lab hint');
  const { lab, state, study } = place;
  const topic = chooseTopic(place, input.topic);
  const steps = lab.hints[topic] ?? [];
  const seen = Math.min(state?.hints[topic] ?? 0, steps.length);
  const isNew = seen < steps.length;
  if (isNew && seen === steps.length - 1 && !input.yes) {
    const prompter = await context.prompter(`aisafe lab hint ${lab.id} --topic ${topic} --yes`);
    const goesOn = await prompter.confirm(`The last hint on “${topic}” is almost the answer. Show it?`, false);
    if (!goesOn) return { data: describe(place, topic, seen, false) };
  }
  if (isNew) {
    study.store.append([
      { kind: 'lab.hinted', subject: place.subject, revision: place.revision, data: { topic, step: seen + 1 } },
    ]);
  }
  const data = describe(place, topic, isNew ? seen + 1 : seen, isNew);
  return { data, outcome: isNew ? 'ok' : 'negative', hints: isNew ? [] : afterTheLast(place, data) };
}

function describe({ lab, state }: LabPlace, topic: string, seen: number, isNew: boolean): HintData {
  const topics = Object.entries(lab.hints).map(([each, steps]) => ({
    topic: each,
    seen: each === topic ? seen : (state?.hints[each] ?? 0),
    total: steps.length,
  }));
  const steps = lab.hints[topic] ?? [];
  return {
    lab: lab.id,
    topic,
    hints: steps.slice(0, seen),
    total: steps.length,
    isNew,
    topics,
    command: `aisafe lab check ${lab.id}`,
  };
}

/** The topic asked for, else that of the first check that did not pass, else the first one not seen through. */
function chooseTopic({ lab, state }: LabPlace, asked: string | undefined): string {
  const topics = Object.keys(lab.hints);
  if (asked !== undefined) {
    if (topics.includes(asked)) return asked;
    const [near] = nearest(asked, topics, 1);
    throw new AppError('NOT_FOUND', `The lab “${lab.id}” has no hints on “${asked}”. It has: ${topics.join(', ')}.`, {
      hint: `aisafe lab hint ${lab.id} --topic ${near ?? topics[0]}`,
      details: { topics },
    });
  }
  const red = state?.last?.topic;
  if (red != null && topics.includes(red)) return red;
  const open = topics.find((topic) => (state?.hints[topic] ?? 0) < (lab.hints[topic]?.length ?? 0));
  const topic = open ?? topics[0];
  if (topic === undefined) {
    throw new AppError('NOT_FOUND', `The lab “${lab.id}” has no hints.`, { hint: `aisafe lab check ${lab.id}` });
  }
  return topic;
}

function afterTheLast({ lab }: LabPlace, { topics }: HintData): readonly string[] {
  const other = topics.find(({ seen, total }) => seen < total);
  return other
    ? [`Those are all on this topic. On another: aisafe lab hint ${lab.id} --topic ${other.topic}`]
    : [`Those are all the hints. To see the solution after three attempts: aisafe lab solution ${lab.id} --give-up`];
}
