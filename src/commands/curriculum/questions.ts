import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { Question } from '../../core/curriculum/model.js';
import { questionKinds } from '../../core/curriculum/question-kinds.js';
import { fewestQuestions, questionsByConcept } from '../../core/quiz/concept-coverage.js';
import { isTelling, type LengthTell, lengthTell, mostLongestRight } from '../../core/quiz/length-tell.js';
import { similarQuestions } from '../../core/quiz/similar-questions.js';
import { findItem, openStudy } from '../lookup.js';

export interface QuestionsInput {
  readonly concept: string | undefined;
}

export interface QuestionsData {
  /** The concept that was asked for. */
  readonly concept: { readonly id: string; readonly name: string } | null;
  /** Live questions. */
  readonly count: number;
  readonly retired: number;
  readonly kinds: Readonly<Record<Question['kind'], number>>;
  /** Number questions, and those of them whose values are drawn anew each time. */
  readonly numbers: { readonly all: number; readonly parameterised: number };
  /** Counts of difficulty 1 to 5. */
  readonly difficulty: readonly number[];
  /** `telling`: whoever always takes the longest option does better than by chance. */
  readonly lengthTell: LengthTell & { readonly most: number; readonly telling: boolean };
  /** Concepts of the curriculum with their questions, fewest first. */
  readonly concepts: readonly ConceptCoverage[];
  readonly fewest: number;
  readonly similar: readonly { readonly one: string; readonly other: string; readonly similarity: number }[];
  /** With a concept: its questions. */
  readonly questions:
    | readonly { readonly id: string; readonly kind: string; readonly difficulty: number; readonly prompt: string }[]
    | null;
}

export interface ConceptCoverage {
  readonly id: string;
  readonly count: number;
  readonly kinds: readonly string[];
}

export async function reportQuestions(
  context: Context,
  { concept: id }: QuestionsInput,
): Promise<Result<QuestionsData>> {
  const study = await openStudy(context);
  const concept =
    id === undefined ? null : findItem(study, id, 'aisafe curriculum questions --concept', ['concept']).concept;
  const bank = await context.questions();
  const asked = questionsByConcept(bank.questions);
  const chosen = concept === null ? bank.questions : (asked.get(concept.id) ?? []);
  const live = chosen.filter(({ retired }) => !retired);
  const numbers = live.filter((question) => question.kind === 'number');
  const concepts = study.curriculum.concepts
    .filter((each) => !each.retired && (concept === null || each.id === concept.id))
    .map((each) => coverageOf(each.id, asked.get(each.id) ?? []))
    .sort((a, b) => a.count - b.count);
  const mine = new Set(live);
  const tell = lengthTell(live);
  return {
    data: {
      concept: concept && { id: concept.id, name: concept.name },
      count: live.length,
      retired: chosen.length - live.length,
      kinds: countKinds(live),
      numbers: { all: numbers.length, parameterised: numbers.filter(({ given }) => given !== undefined).length },
      difficulty: [1, 2, 3, 4, 5].map((level) => live.filter(({ difficulty }) => difficulty === level).length),
      lengthTell: { ...tell, most: mostLongestRight, telling: isTelling(tell) },
      concepts,
      fewest: fewestQuestions,
      similar: similarQuestions(bank.questions)
        .filter(({ one, other }) => mine.has(one) || mine.has(other))
        .map(({ one, other, similarity }) => ({ one: one.id, other: other.id, similarity })),
      questions: concept && live.map(({ id, kind, difficulty, prompt }) => ({ id, kind, difficulty, prompt })),
    },
  };
}

function coverageOf(id: string, questions: readonly Question[]): ConceptCoverage {
  return { id, count: questions.length, kinds: [...new Set(questions.map(({ kind }) => kind))] };
}

function countKinds(questions: readonly Question[]): QuestionsData['kinds'] {
  const counts = { choice: 0, multi: 0, number: 0, text: 0, cloze: 0, order: 0, match: 0, explain: 0 };
  for (const kind of questionKinds) counts[kind] = questions.filter((question) => question.kind === kind).length;
  return counts;
}
