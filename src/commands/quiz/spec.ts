import { command, topic } from '../../cli/command.js';
import { flag, oneOf, option, optionalArgument, wholeNumber } from '../../cli/parameters.js';
import { questionKinds } from '../../core/curriculum/question-kinds.js';
import type { QuizInput } from './quiz.js';
import type { QuizData } from './report.js';
import type { ReviewInput } from './review-sitting.js';

const answering = `On a terminal one key answers, without Enter: a letter for one option, digits and Enter for several; ? is “I don't know”, s skips, f flags a faulty question with a note, u takes back the previous answer, q stops and keeps everything. Where an answer is typed, the same are ?, /s, /f, /u and /q. Before the answer is shown you say how sure you are (“aisafe config set confidence off” leaves that out); after it, e opens where to read more. Each answer is saved when it is given; what breaks off is carried on next time, unless you say --restart.`;

const files = `An answers file is a YAML or JSON list, of all questions in order, or of some by name:

  - { answer: b }                               # a letter of the options shown
  - { question: softmax-limit, answer: [a, c], confidence: 80 }   # several; 50 to 100 per cent sure
  - { answer: "4,096 bytes" }                   # a number, with its unit or without
  - { answer: [2, 1, 3] }                       # order and match: numbers of what was shown
  - { answer: { text: "Because ...", ticked: [first-point] } }    # explain: ids or numbers of the points made
  - { answer: "?" }                             # I don't know

When anything in the file is wrong, everything wrong is reported and nothing is saved.`;

export const quiz = topic(
  'Every day',
  command<QuizInput, QuizData>({
    name: 'quiz',
    summary: 'questions on a phase, module, concept or task',
    description: `Asks questions you have not seen first, spread over the concepts of the topic, and shows after each the answer, why, and when it comes back for review.

${answering}

--placement asks 8 to 12 questions over a module. With 80 % or more its open tasks are waived in one action, with the score as the reason (“aisafe reopen TASK” or “aisafe undo” take that back); below nothing changes.

For a script: “aisafe quiz TOPIC --json” prints the questions without their answers and saves nothing; the same command with --answers FILE then asks exactly those, as long as nothing was saved in between, or with the --seed that was printed.

${files}`,
    schema: 'aisafe.quiz/1',
    parameters: {
      topic: optionalArgument('topic', 'phase, module, concept or task; left out: everything'),
      count: option('-n, --count <n>', 'how many questions; 10 when left out', wholeNumber(1, 100)),
      kind: option('--kind <kind>', `only one kind: ${questionKinds.join(', ')}`, oneOf(questionKinds)),
      answers: option('--answers <file>', 'answers from a file instead of questions; - reads standard input'),
      placement: option('--placement <module>', 'test out of a module'),
      seed: option('--seed <seed>', 'draw the same questions with the same figures again'),
      restart: flag('--restart', 'begin anew, even if a quiz is unfinished'),
    },
    examples: [
      { command: 'aisafe quiz softmax', does: 'ten questions on one concept' },
      { command: 'aisafe quiz phase1 --count 20 --kind number', does: 'calculations from all of phase 1' },
      { command: 'aisafe quiz --placement linear-algebra', does: 'test out of a module you know' },
      { command: 'aisafe quiz phase1 --answers answers.yaml --json', does: 'for a script' },
    ],
    load: () => import('./quiz.js').then((module) => module.quiz),
    view: () => import('./quiz.view.js').then((module) => module.viewQuiz),
  }),
);

export const review = topic(
  'Every day',
  command<ReviewInput, QuizData>({
    name: 'review',
    summary: 'the questions that are due again today',
    description: `Asks what you have answered before, each question about when you would begin to forget it, and some new ones on the concepts of tasks that you have done. A day's share has a limit (“aisafe config”), so that a break does not end in a heap; what is left over comes on the next days.

${answering}

Without a terminal, “aisafe review --json” prints what is due without the answers and saves nothing; the same command with --answers FILE answers exactly that. When nothing is due the list is empty and the exit code 1.

${files}`,
    schema: 'aisafe.review/1',
    parameters: {
      limit: option('-n, --limit <n>', 'at most so many questions now', wholeNumber(1, 1000)),
      answers: option('--answers <file>', 'answers from a file instead of questions; - reads standard input'),
      restart: flag('--restart', "begin anew, even if today's review is unfinished"),
    },
    examples: [
      { command: 'aisafe review', does: 'what is due today' },
      { command: 'aisafe review --limit 10', does: 'a few minutes of it' },
      { command: 'aisafe review --json', does: 'what is due, for a script' },
    ],
    load: () => import('./review.js').then((module) => module.review),
    view: () => import('./quiz.view.js').then((module) => module.viewQuiz),
  }),
);
