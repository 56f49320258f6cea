import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';
import { packageText } from '../../labs/workspace.js';
import { findPlace, type LabPlace } from './place.js';

export interface SolutionInput {
  readonly id: string | undefined;
  readonly giveUp: boolean;
}

export interface SolutionData {
  readonly lab: string;
  readonly title: string;
  readonly file: string;
  readonly source: string;
  /** It was asked for before there was a pass. */
  readonly gaveUp: boolean;
}

/** So many runs come before the solution of a lab that was not passed. */
export const fewestAttempts = 3;

/** The solution: after a pass, or to someone who gives up after honest work. */
export async function solution(context: Context, input: SolutionInput): Promise<Result<SolutionData>> {
  const place = await findPlace(context, input.id, 'aisafe lab solution');
  const gaveUp = seeSolution(place, input.giveUp, `aisafe lab solution ${place.lab.id}`);
  const { lab } = place;
  const data = {
    lab: lab.id,
    title: lab.title,
    file: lab.file,
    source: packageText(place.package, 'solution.py'),
    gaveUp,
  };
  const hints = gaveUp
    ? [`A pass is assisted now. To make it your own, on a later day: aisafe lab reset ${lab.id}`]
    : [`To see it beside your own: aisafe lab diff ${lab.id}`];
  return { data, hints };
}

/**
 * Puts on record that the solution is shown, or refuses.
 * @param command for the message.
 * @returns whether there was no pass before.
 * @throws AppError TOO_EARLY
 */
export function seeSolution(place: LabPlace, giveUp: boolean, command: string): boolean {
  const { lab, state, study, subject, revision } = place;
  if (state?.passed && !state.passed.assisted) return false;
  if (state?.passed && (state.resetAt === null || state.resetAt < state.passed.at)) return false;
  const attempts = state?.attempts ?? 0;
  const unseen = Object.entries(lab.hints).find(([topic, steps]) => (state?.hints[topic] ?? 0) < steps.length);
  const seenBefore = state?.solutionSeen != null;
  if (!giveUp) {
    throw new AppError('TOO_EARLY', `The solution of “${lab.title}” is shown when you have passed it.`, {
      hint: attempts >= fewestAttempts && !unseen ? `${command} --give-up` : `aisafe lab hint ${lab.id}`,
    });
  }
  if (!seenBefore && attempts < fewestAttempts) {
    throw new AppError(
      'TOO_EARLY',
      `Giving up takes ${fewestAttempts} runs of the checks; there ${attempts === 1 ? 'was 1' : `were ${attempts}`}.`,
      { hint: `aisafe lab check ${lab.id}`, details: { attempts } },
    );
  }
  if (!seenBefore && unseen) {
    throw new AppError('TOO_EARLY', `There are hints that you have not seen, on “${unseen[0]}” for one.`, {
      hint: `aisafe lab hint ${lab.id} --topic ${unseen[0]}`,
      details: { topic: unseen[0] },
    });
  }
  study.store.append([{ kind: 'lab.solution-seen', subject, revision, data: { gaveUp: true } }]);
  return true;
}
