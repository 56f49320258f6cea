import { command, topicOf } from '../../cli/command.js';
import { anyArguments } from '../../cli/parameters.js';
import { shells } from '../../core/completion/shells.js';
import type { CandidatesData, CandidatesInput } from './candidates.js';
import type { ScriptData } from './script.js';

const view = () => import('./script.view.js').then((module) => module.viewScript);

const scripts = shells.map(({ name, install }) =>
  command<Record<never, never>, ScriptData>({
    name,
    summary: `completion for ${name}`,
    description: `To have it in every new shell:\n\n  ${install}`,
    schema: 'aisafe.completion/1',
    parameters: {},
    load: () => import('./script.js').then((module) => module.scriptFor(name)),
    view,
  }),
);

/** What the scripts call while the learner types. */
const candidates = command<CandidatesInput, CandidatesData>({
  name: 'candidates',
  summary: 'what could come next on a command line; used by the scripts',
  schema: 'aisafe.completion.candidates/1',
  parameters: { words: anyArguments('word', 'the words so far, the last one unfinished') },
  load: () => import('./candidates.js').then((module) => module.candidates),
  view: () => import('./script.view.js').then((module) => module.viewCandidates),
});

export const completion = topicOf('Set up', 'completion', 'tab completion for your shell', [...scripts, candidates]);
