import { command, topic } from '../../cli/command.js';
import { argument, flag, option } from '../../cli/parameters.js';
import type { CheckInput } from './check.js';
import type { CheckData } from './report.js';

const description = `Asks, for each criterion of the phase, which of four descriptions fits you, and what shows it: evidence, or your own word, said to be so. Each answer is saved when it is given; a sitting that breaks off is carried on next time. Then come questions drawn from the concepts of the phase, those you have not seen first, as “aisafe quiz” asks them. Ends with what is ready, what has changed since last time, and the next task for each gap.

Ready needs four things, each shown by itself: the criteria at their bar, evidence that still holds (or your own word), enough of the drawn questions right, and estimated recall today of the questions of the phase, which falls when they are not reviewed. Where a curriculum has no questions the last two are left out. Exit code 0 when ready, 1 when not.

The answers file is YAML or JSON:

  criteria:
    implement-attention:
      level: 2                # 0 to 3, which of the four descriptions
      evidence:               # what shows it ...
        - https://example.org/my-write-up
        - ./attention@1a2b3c4
        - ./attention.py
        - "note: explained it to a colleague"
    train-small-model:
      level: 2
      self_attested: true     # ... or your own word
    read-papers:
      level: 0                # below the bar nothing needs showing
  quiz:                       # the drawn questions, in order or by name, as in the file of aisafe quiz
    - { answer: b, confidence: 80 }
    - { question: softmax-limit, answer: [a, c] }

Evidence is a URL, a commit as repository@hash, a file (from the current folder), note: and words, or the id of evidence that you added before. Criteria and questions that the file leaves out stay unanswered; “aisafe check PHASE --quiz-only --json” lists the questions without their answers, and the same are asked until something is saved, or with the --seed that it prints. When anything in the file is wrong, everything wrong is reported and nothing is saved. “aisafe show CHECKPOINT” lists the criteria.`;

export const check = topic(
  'Proof',
  command<CheckInput, CheckData>({
    name: 'check',
    summary: 'the self-assessment of a phase, backed by evidence',
    description,
    schema: 'aisafe.check/1',
    parameters: {
      phase: argument('phase', 'phase or checkpoint'),
      answers: option('--answers <file>', 'answers from a file instead of questions; - reads standard input'),
      report: flag('--report', 'show the last attempt and ask nothing'),
      restart: flag('--restart', 'begin anew, even if an attempt is unfinished'),
      quizOnly: flag('--quiz-only', 'the drawn questions and no criteria'),
      quiz: flag('--no-quiz', 'the criteria and no drawn questions'),
      seed: option('--seed <seed>', 'draw the same questions with the same figures again'),
      resume: flag('--resume', 'carry on with the unfinished attempt, and fail when there is none'),
    },
    examples: [
      { command: 'aisafe check phase1', does: 'the questions of phase 1' },
      { command: 'aisafe check phase1 --report', does: 'how the last attempt stands today' },
      { command: 'aisafe check phase1 --quiz-only', does: 'twenty questions from all of phase 1' },
      { command: 'aisafe check phase1 --answers answers.yaml --json', does: 'for a script' },
    ],
    load: () => import('./check.js').then((module) => module.check),
    view: () => import('./check.view.js').then((module) => module.viewCheck),
  }),
);
