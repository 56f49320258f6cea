/** Every topic of the command line, in the order of the help. Specs are data; bodies load when called. */
import { topics as browse } from '../commands/browse/spec.js';
import { check } from '../commands/check/spec.js';
import { completion } from '../commands/completion/spec.js';
import { concepts } from '../commands/concepts/spec.js';
import { curriculum } from '../commands/curriculum/spec.js';
import { topics as data } from '../commands/data/spec.js';
import { evidence } from '../commands/evidence/spec.js';
import { find } from '../commands/find/spec.js';
import { undo } from '../commands/history/spec.js';
import { next } from '../commands/next/spec.js';
import { notes } from '../commands/notes/spec.js';
import { overview } from '../commands/overview/spec.js';
import { profile } from '../commands/profile/spec.js';
import { programs } from '../commands/programs/spec.js';
import { quiz, review } from '../commands/quiz/spec.js';
import { config } from '../commands/settings/spec.js';
import { status } from '../commands/status/spec.js';
import { topics as tasks } from '../commands/tasks/spec.js';
import type { Topic } from './command.js';

export { overview };

export const topics: readonly Topic[] = [
  next,
  status,
  ...browse,
  ...tasks,
  ...notes,
  ...find,
  quiz,
  review,
  concepts,
  check,
  evidence,
  programs,
  undo,
  ...data,
  ...profile,
  config,
  completion,
  curriculum,
];
