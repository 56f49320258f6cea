/** The questions that a checkpoint draws from its phase: asking them, and what they came to. */
import type { Context } from '../../context.js';
import {
  assessQuiz,
  assessRecall,
  canBeDrawn,
  checkSittings,
  phaseConcepts,
  type QuizReadiness,
  questionsOn,
  type RecallReadiness,
} from '../../core/assessment/drawn-questions.js';
import type { Checkpoint, Phase } from '../../core/curriculum/model.js';
import type { SittingState } from '../../core/progress/state.js';
import { isAskable } from '../../core/quiz/askable.js';
import { selectQuestions } from '../../core/quiz/select.js';
import type { Study } from '../lookup.js';
import { planSitting } from '../quiz/plan.js';
import type { QuizSitting } from '../quiz/quiz-sitting.js';

export interface DrawnQuestions {
  /** What they came to and how well they are remembered today, from what is saved. */
  readiness(): { readonly quiz: QuizReadiness; readonly recall: RecallReadiness };
  /** When the newest sitting was begun; undefined: never. */
  begunAt(): string | undefined;
  /** The unfinished sitting, or a new one that is saved with its first answer. */
  open(request: { readonly restart: boolean; readonly seed: string | undefined }): Promise<OpenedQuiz>;
}

export interface OpenedQuiz {
  readonly sitting: QuizSitting;
  readonly seed: string;
}

/** Undefined when the checkpoint draws no questions, or the curriculum has none on the phase. */
export async function findDrawnQuestions(
  context: Context,
  study: Study,
  phase: Phase,
  checkpoint: Checkpoint,
): Promise<DrawnQuestions | undefined> {
  const { quiz } = checkpoint;
  if (!quiz) return undefined;
  const { curriculum, store } = study;
  const bank = await context.questions();
  const onPhase = questionsOn(phase, curriculum, bank.outlines);
  const cards = () => store.cards(curriculum.id);
  const drawable = () =>
    onPhase.filter((each) => canBeDrawn(each) && isAskable(cards().get(each.id), bank.revisions[each.id]));
  const last = () => newestSitting(study, checkpoint);
  if (drawable().length === 0 && !last()) return undefined;
  const known = new Set(bank.outlines.flatMap(({ id, aliases = [], retired }) => (retired ? [] : [id, ...aliases])));

  return {
    readiness: () => {
      const sitting = last();
      const answers = sitting ? store.answers({ sitting: sitting.id }) : [];
      return {
        quiz: assessQuiz(quiz, drawable().length, sitting, answers, (id) => known.has(id)),
        recall: assessRecall(quiz, onPhase, cards(), context.today()),
      };
    },
    begunAt: () => last()?.startedAt,
    open: async ({ restart, seed: wanted }) => {
      const { plan, seed } = planSitting(context, study, {
        mode: 'check',
        topic: checkpoint.id,
        restart,
        seed: wanted,
        fits: () => wanted === undefined,
        draw: (drawSeed) => {
          const options = { concepts: phaseConcepts(phase, curriculum), count: quiz.count, seed: drawSeed };
          return selectQuestions(drawable(), cards(), options, bank.revisions).map(({ id }) => id);
        },
      });
      const { openSitting } = await import('../quiz/quiz-sitting.js');
      const sitting = await openSitting(context, study, bank, plan);
      await sitting.prepare();
      return { sitting, seed };
    },
  };
}

/** The sitting that was begun last; of those begun at the same instant, the one answered last. */
function newestSitting({ curriculum, store }: Study, checkpoint: Checkpoint): SittingState | undefined {
  const sittings = checkSittings(store.sittings().values(), curriculum, checkpoint);
  const begunAt = sittings.at(-1)?.startedAt;
  const newest = sittings.filter(({ startedAt }) => startedAt === begunAt);
  if (newest.length < 2) return newest[0];
  const lastAction = ({ id }: SittingState) => [...store.answers({ sitting: id })].at(-1)?.action ?? '';
  return newest.reduce((last, each) => (lastAction(each) > lastAction(last) ? each : last));
}
