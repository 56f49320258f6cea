import { command, topic } from '../../cli/command.js';
import { flag, option, optionalArgument } from '../../cli/parameters.js';
import { masteryLevels, masteryRule } from '../../core/quiz/mastery-levels.js';
import type { ConceptsData, ConceptsInput } from './concepts.js';

const rule = masteryLevels.map((level) => `  ${level.padEnd(10)} ${masteryRule[level]}`).join('\n');

export const concepts = topic(
  'Every day',
  command<ConceptsInput, ConceptsData>({
    name: 'concepts',
    summary: 'how well you know each concept, and what to do about it',
    description: `Puts together what you answered, what you did and what you showed, side by side: questions met and right last time, estimated recall today, tasks done that teach the concept, and whether it was explained. One word sums it up, the last of these that holds:

${rule}

Estimated recall is the mean probability, by the schedule of your reviews, that you would answer its questions today. --weak lists what was met and does not hold: more often wrong than right, forgotten, or wrong although you were sure.`,
    schema: 'aisafe.concepts/1',
    parameters: {
      id: optionalArgument('id', 'one concept, with what it builds on, its questions and tasks'),
      phase: option('--phase <phase>', 'only the concepts that this phase teaches'),
      weak: flag('--weak', 'only those that were met and do not hold'),
    },
    examples: [
      { command: 'aisafe concepts --phase phase1', does: 'where you stand in phase 1' },
      { command: 'aisafe concepts --weak', does: 'what to look at again' },
      { command: 'aisafe concepts softmax', does: 'one concept, and how to improve it' },
    ],
    load: () => import('./concepts.js').then((module) => module.concepts),
    view: () => import('./concepts.view.js').then((module) => module.viewConcepts),
  }),
);
