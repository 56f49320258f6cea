import type { QuestionBank } from '../../core/curriculum/model.js';
import type { ConceptMastery } from '../../core/quiz/mastery.js';

/** The command that does most for a concept now. */
export function improve(mastery: ConceptMastery, { outlines: bank }: Pick<QuestionBank, 'outlines'>): string {
  const { concept, level, questions, tasks, isWeak } = mastery;
  const open = tasks.find(({ state }) => state === 'open' || state === 'started');
  const begin = open && (open.state === 'started' ? `aisafe show ${open.id}` : `aisafe start ${open.id}`);
  const ask = questions.questions > 0 ? `aisafe quiz ${concept.id}` : undefined;
  if (level === 'unseen') return begin ?? ask ?? `aisafe show ${concept.id}`;
  if (questions.due > 0) return 'aisafe review';
  if (isWeak || level === 'seen') return ask ?? begin ?? `aisafe show ${concept.id}`;
  if (begin !== undefined && level !== 'explained') return begin;
  const canExplain = bank.some(({ kind, retired, concepts }) => {
    return kind === 'explain' && !retired && concepts.includes(concept.id);
  });
  if (level !== 'explained' && canExplain) return `aisafe quiz ${concept.id} --kind explain`;
  return ask ?? `aisafe show ${concept.id}`;
}
