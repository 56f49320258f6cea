import { command, topic } from '../../cli/command.js';
import { decimal, flag, oneOf, option, options } from '../../cli/parameters.js';
import type { FocusData, FocusInput } from './focus.js';
import type { InitData, InitInput } from './init.js';

const init = command<InitInput, InitData>({
  name: 'init',
  summary: 'set up: your background, hours a week, focus, and what you know already',
  description:
    'Everything is saved as you answer, and everything can be changed later by running it again. What the options say is not asked. Where there are questions enough on a module you can test out of it (aisafe quiz --placement MODULE) instead of marking what you know. You can also begin without it: aisafe next.',
  schema: 'aisafe.init/1',
  parameters: {
    background: option(
      '--background <kind>',
      'stem or other: how long the mathematics takes',
      oneOf(['stem', 'other']),
    ),
    hours: option('--hours <n>', 'hours a week that you can study', decimal(0.5, 100)),
    track: option('--track <id>', 'the track to focus on'),
    waive: options('--waive <id...>', 'tasks or modules that you know already'),
    focus: flag('--no-focus', 'do not ask about the focus'),
    placement: flag('--no-placement', 'do not ask what you know already'),
  },
  examples: [
    { command: 'aisafe init', does: 'answer a few questions' },
    { command: 'aisafe init --background stem --hours 6', does: 'ask only what is left' },
    { command: 'aisafe init --waive linear-algebra', does: 'count a whole module as known' },
  ],
  load: () => import('./init.js').then((module) => module.init),
  view: () => import('./init.view.js').then((module) => module.viewInit),
});

const focus = command<FocusInput, FocusData>({
  name: 'focus',
  summary: 'choose the track to focus on, with a short questionnaire',
  description:
    'The tracks share most of their ground, and a focus only decides what comes first. Change it or take the questions again at any time.',
  schema: 'aisafe.focus/1',
  parameters: {
    track: option('--track <id>', 'choose it without questions'),
    none: flag('--none', 'no focus: see the tasks of every track'),
    answers: option(
      '--answers <file>',
      'answers from a YAML or JSON file of question: option, or as question=option,...',
    ),
    answer: options('--answer <question=option>', 'one answer; give it once for each question'),
    report: flag('--report', 'show the present focus and what it rests on'),
  },
  examples: [
    { command: 'aisafe focus', does: 'eight questions, a recommendation, your choice' },
    { command: 'aisafe focus --track interpretability', does: 'choose at once' },
    { command: 'aisafe focus --report', does: 'the present focus, and why' },
  ],
  load: () => import('./focus.js').then((module) => module.focus),
  view: () => import('./focus.view.js').then((module) => module.viewFocus),
});

export const profile = [init, focus].map((each) => topic('Set up', each));
