/**
 * The words of the command line and the specification behind each. A specification is data, and is loaded only for the
 * word that was typed; help, completion and mistakes load them all. The order is that of the help.
 */
import type { Topic } from './command.js';

interface Entry {
  readonly words: readonly string[];
  readonly load: () => Promise<readonly Topic[]>;
}

const entries: readonly Entry[] = [
  { words: ['next'], load: () => import('../commands/next/spec.js').then(({ next }) => [next]) },
  { words: ['status'], load: () => import('../commands/status/spec.js').then(({ status }) => [status]) },
  { words: ['list', 'show'], load: () => import('../commands/browse/spec.js').then(({ topics }) => topics) },
  {
    words: ['start', 'done', 'skip', 'defer', 'waive', 'reopen'],
    load: () => import('../commands/tasks/spec.js').then(({ topics }) => topics),
  },
  { words: ['note', 'log'], load: () => import('../commands/notes/spec.js').then(({ notes }) => notes) },
  {
    words: ['search', 'resources', 'open'],
    load: () => import('../commands/find/spec.js').then(({ find }) => find),
  },
  {
    words: ['quiz', 'review'],
    load: () => import('../commands/quiz/spec.js').then(({ quiz, review }) => [quiz, review]),
  },
  { words: ['lab'], load: () => import('../commands/lab/spec.js').then(({ lab }) => [lab]) },
  { words: ['concepts'], load: () => import('../commands/concepts/spec.js').then(({ concepts }) => [concepts]) },
  { words: ['check'], load: () => import('../commands/check/spec.js').then(({ check }) => [check]) },
  { words: ['evidence'], load: () => import('../commands/evidence/spec.js').then(({ evidence }) => [evidence]) },
  { words: ['programs'], load: () => import('../commands/programs/spec.js').then(({ programs }) => [programs]) },
  { words: ['undo'], load: () => import('../commands/history/spec.js').then(({ undo }) => [undo]) },
  {
    words: ['export', 'import', 'backup', 'restore', 'doctor'],
    load: () => import('../commands/data/spec.js').then(({ topics }) => topics),
  },
  { words: ['init', 'focus'], load: () => import('../commands/profile/spec.js').then(({ profile }) => profile) },
  { words: ['config'], load: () => import('../commands/settings/spec.js').then(({ config }) => [config]) },
  {
    words: ['completion'],
    load: () => import('../commands/completion/spec.js').then(({ completion }) => [completion]),
  },
  {
    words: ['curriculum'],
    load: () => import('../commands/curriculum/spec.js').then(({ curriculum }) => [curriculum]),
  },
];

/** Every topic. */
export async function allTopics(): Promise<readonly Topic[]> {
  return (await Promise.all(entries.map((entry) => entry.load()))).flat();
}

/**
 * The topics needed to read a command line: one, when it begins with that topic's word, else all of them.
 * @param argv the arguments after `node aisafe`.
 */
export async function topicsFor(argv: readonly string[]): Promise<readonly Topic[]> {
  const [word] = argv;
  const entry = word === undefined ? undefined : entries.find(({ words }) => words.includes(word));
  if (!entry) return allTopics();
  return (await entry.load()).filter((topic) => topic.name === word);
}
