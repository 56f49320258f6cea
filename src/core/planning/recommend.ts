/** What to do next: the available tasks, scored, fitted to the time at hand. Pure and deterministic. */
import { attemptsAt } from '../assessment/attempts.js';
import {
  type Criterion,
  type Curriculum,
  idsOf,
  type Step,
  type TaskItem,
  type TaskKind,
} from '../curriculum/model.js';
import { criterionAnswer, focusTrack, type Progress } from '../progress/progress.js';
import { type AvailableTask, type BlockedTask, findAvailable } from './availability.js';
import { type Deadline, upcomingDeadlines } from './deadlines.js';
import { learnerPace, type MinuteRange, midpoint, remainingMinutes } from './estimate.js';
import { phaseOpenness, phaseProgress } from './phase-progress.js';
import { type ScoringFacts, scoreOf, scoreTerms, type Term } from './score.js';

export interface RecommendOptions {
  /** Study day, YYYY-MM-DD. */
  readonly day: string;
  /** Time at hand. */
  readonly minutes?: number | undefined;
  readonly kind?: TaskKind | undefined;
  /** Instead of the track in focus. */
  readonly track?: string | undefined;
  readonly phase?: string | undefined;
  /** Concepts of questions that were last answered wrongly by a learner who was sure, with the number of questions. */
  readonly sureButWrong?: ReadonlyMap<string, number> | undefined;
}

export interface Recommendation {
  readonly item: TaskItem;
  readonly available: AvailableTask;
  /** Still ahead in the task, at the learner's pace. */
  readonly minutes: MinuteRange;
  /** The step to take when the whole task does not fit into the time at hand, or the first open one. */
  readonly step: (Step & { readonly minutes: number }) | undefined;
  /** False when only the step fits. */
  readonly wholeTaskFits: boolean;
  readonly score: number;
  readonly terms: readonly Term[];
}

export interface Recommendations {
  readonly track: string | undefined;
  readonly pace: number;
  /** Best first. */
  readonly fitting: readonly Recommendation[];
  /** Available but longer than the time at hand, shortest first. */
  readonly tooLong: readonly Recommendation[];
  readonly blocked: readonly BlockedTask[];
}

export function recommend(curriculum: Curriculum, progress: Progress, options: RecommendOptions): Recommendations {
  const track = options.track ?? focusTrack(progress, curriculum);
  const { pace } = learnerPace(curriculum, progress);
  const { available, blocked } = findAvailable(curriculum, progress, track, options.day);
  const facts = gatherFacts(curriculum, progress, track, options, [...available, ...blocked]);
  const wanted = available.filter(
    ({ item }) =>
      (!options.kind || item.task.kind === options.kind) && (!options.phase || item.phase.id === options.phase),
  );
  const fitting: Recommendation[] = [];
  const tooLong: Recommendation[] = [];
  for (const task of wanted) {
    const minutes = remainingMinutes(task.item.task, task.state, progress.profile, pace);
    const step = options.minutes === undefined ? undefined : nextStep(task, midpoint(minutes));
    const wholeTaskFits = options.minutes === undefined || midpoint(minutes) <= options.minutes;
    const used = wholeTaskFits ? midpoint(minutes) : step?.minutes;
    const fit = options.minutes === undefined || used === undefined ? undefined : Math.min(1, used / options.minutes);
    const recommendation = new ScoredTask(facts(task, fit), minutes, wholeTaskFits);
    const stepFits = step !== undefined && options.minutes !== undefined && step.minutes <= options.minutes;
    if (wholeTaskFits || stepFits) fitting.push(recommendation);
    else tooLong.push(recommendation);
  }
  // Sorting is stable, so equal scores stay in curriculum order.
  fitting.sort((a, b) => b.score - a.score);
  tooLong.sort((a, b) => shortest(a) - shortest(b));
  return { track, pace, fitting, tooLong, blocked };
}

/** All tasks are scored and few are shown: the rest of what is said of one waits until it is asked for. */
class ScoredTask implements Recommendation {
  readonly item: TaskItem;
  readonly available: AvailableTask;
  readonly minutes: MinuteRange;
  readonly wholeTaskFits: boolean;
  readonly score: number;
  readonly #facts: ScoringFacts;

  constructor(facts: ScoringFacts, minutes: MinuteRange, wholeTaskFits: boolean) {
    this.#facts = facts;
    this.minutes = minutes;
    this.wholeTaskFits = wholeTaskFits;
    this.item = facts.task.item;
    this.available = facts.task;
    this.score = scoreOf(facts);
  }

  get step() {
    return nextStep(this.available, midpoint(this.minutes));
  }

  get terms() {
    return scoreTerms(this.#facts);
  }
}

/** Minutes of the smallest piece of a recommendation that can be done in one sitting. */
export function shortest(recommendation: Recommendation): number {
  return recommendation.step?.minutes ?? midpoint(recommendation.minutes);
}

function nextStep({ item, state }: AvailableTask, remaining: number): (Step & { minutes: number }) | undefined {
  const open = (item.task.steps ?? []).filter((step) => state?.steps[step.id] === undefined);
  const [first] = open;
  return first && { ...first, minutes: Math.max(5, Math.round(remaining / open.length / 5) * 5) };
}

function gatherFacts(
  curriculum: Curriculum,
  progress: Progress,
  track: string | undefined,
  { day, sureButWrong }: RecommendOptions,
  unsettled: readonly (AvailableTask | BlockedTask)[],
): (task: AvailableTask, fit: number | undefined) => ScoringFacts {
  const mistakes = findMistakes(curriculum, sureButWrong ?? new Map());
  const waiting = countWaiting(unsettled);
  const gaps = findGaps(curriculum, progress);
  const phases = phaseProgress(curriculum, progress, track);
  const openness = phaseOpenness(phases);
  const present = Math.max(
    0,
    phases.findIndex(({ share }) => share < 1),
  );
  const position = new Map(phases.map(({ phase }, index) => [phase.id, index]));
  const places = new Map<string, number>();
  for (const { modules } of curriculum.phases) {
    let place = 0;
    for (const { tasks } of modules) for (const { id } of tasks) places.set(id, place++);
  }
  const deadlines = upcomingDeadlines(curriculum.programs, track, day);
  const preparing = new Map<string, Deadline>();
  for (const { checkpoint } of curriculum.phases) {
    const deadline = checkpoint && deadlines.find(({ program }) => program.checkpoints?.includes(checkpoint.id));
    if (!deadline) continue;
    for (const criterion of checkpoint.criteria)
      for (const id of criterion.covers.tasks ?? []) preparing.set(id, deadline);
  }
  return (available, fit) => {
    const { task, phase } = available.item;
    return {
      task: available,
      track,
      fit,
      sureButWrong: mistakes(available.item),
      unlocks: waiting.get(task.id) ?? 0,
      gap: gaps.get(task.id)?.question,
      openness: openness.get(phase.id) ?? 1,
      phasesAhead: Math.max(0, (position.get(phase.id) ?? 0) - present),
      place: places.get(task.id) ?? 0,
      deadline:
        task.kind === 'apply'
          ? deadlines.find(({ program }) => program.resource && task.resources?.includes(program.resource))
          : undefined,
      prepares: preparing.get(task.id),
    };
  };
}

/** For each task, how many unsettled tasks wait for it, directly or through others. */
function countWaiting(unsettled: readonly { readonly item: TaskItem }[]): ReadonlyMap<string, number> {
  const dependants = new Map<string, string[]>();
  for (const { item } of unsettled) {
    for (const id of item.task.requires ?? []) dependants.set(id, [...(dependants.get(id) ?? []), item.id]);
  }
  const counts = new Map<string, number>();
  for (const id of dependants.keys()) {
    const seen = new Set<string>();
    const queue = [...(dependants.get(id) ?? [])];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(...(dependants.get(next) ?? []));
    }
    counts.set(id, seen.size);
  }
  return counts;
}

/** Tasks that cover a criterion which the last attempt at its checkpoint answered below the bar. */
function findGaps(curriculum: Curriculum, progress: Progress): ReadonlyMap<string, Criterion> {
  const gaps = new Map<string, Criterion>();
  for (const { checkpoint } of curriculum.phases) {
    const last = checkpoint && attemptsAt(progress, curriculum, checkpoint).at(-1);
    if (!last) continue;
    const below = checkpoint.criteria.filter((criterion) => {
      const level = criterionAnswer(last.answers, criterion)?.level;
      return !criterion.retired && level !== undefined && level < criterion.pass;
    });
    // The first criterion that a task covers gives the reason.
    for (const criterion of below.reverse()) for (const id of criterion.covers.tasks ?? []) gaps.set(id, criterion);
  }
  return gaps;
}

/** For a task, the sure mistakes on the concepts that it teaches. */
function findMistakes(
  { concepts }: Curriculum,
  sureButWrong: ReadonlyMap<string, number>,
): (item: TaskItem) => { readonly concept: string; readonly questions: number } | undefined {
  if (sureButWrong.size === 0) return () => undefined;
  const counts = new Map<string, { readonly name: string; readonly questions: number }>();
  for (const concept of concepts) {
    const ids = idsOf(concept);
    const questions = ids.reduce((sum, id) => sum + (sureButWrong.get(id) ?? 0), 0);
    if (questions > 0) for (const id of ids) counts.set(id, { name: concept.name, questions });
  }
  return ({ task }) => {
    const most = (task.concepts ?? [])
      .flatMap((id) => counts.get(id) ?? [])
      .reduce<{ name: string; questions: number } | undefined>(
        (best, each) => (best && best.questions >= each.questions ? best : each),
        undefined,
      );
    return most && { concept: most.name, questions: most.questions };
  };
}
