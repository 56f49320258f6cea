import { command, topic } from '../../cli/command.js';
import { anyArguments, argument, flag, oneOf, option, someArguments, wholeNumber } from '../../cli/parameters.js';
import { resourceTypes } from '../../core/curriculum/resource-types.js';
import { searchKinds } from '../../core/search/search-kinds.js';
import type { OpenData, OpenInput } from './open.js';
import type { ResourcesData, ResourcesInput } from './resources.js';
import type { SearchData, SearchInput } from './search.js';

const resources = command<ResourcesInput, ResourcesData>({
  name: 'resources',
  summary: 'find a resource, or list them',
  description: 'What something newer has replaced is left out, unless you ask for it with --superseded or by its id.',
  schema: 'aisafe.resources/1',
  parameters: {
    text: anyArguments('text', 'words of the title, the author or the note; or an id'),
    phase: option('--phase <id>', 'only those for this phase'),
    type: option('--type <type>', `only ${resourceTypes.join(', ')}`, oneOf(resourceTypes)),
    track: option('--track <id>', 'only those for this track'),
    free: flag('--free', 'only those that cost nothing'),
    limit: option('--limit <n>', 'at most so many', wholeNumber(1, 10_000)),
    superseded: flag('--superseded', 'those that something newer has replaced as well'),
  },
  examples: [
    { command: 'aisafe resources attention --free', does: 'free ones about attention' },
    { command: 'aisafe resources --phase phase2 --type paper', does: 'the papers of phase 2' },
  ],
  load: () => import('./resources.js').then((module) => module.resources),
  view: () => import('./resources.view.js').then((module) => module.viewResources),
});

const open = command<OpenInput, OpenData>({
  name: 'open',
  summary: 'open a resource or a program in the browser',
  schema: 'aisafe.open/1',
  parameters: {
    id: argument('id', 'resource or program; or a task, for its first resource'),
    print: flag('--print', 'only print the address'),
  },
  examples: [{ command: 'aisafe open 3b1b-neural-networks', does: 'open it in the browser' }],
  load: () => import('./open.js').then((module) => module.open),
  view: () => import('./open.view.js').then((module) => module.viewOpen),
});

const search = command<SearchInput, SearchData>({
  name: 'search',
  summary: 'search the curriculum and your notes',
  description: 'Every word must be found; a typing mistake in a longer word does not matter.',
  schema: 'aisafe.search/1',
  parameters: {
    text: someArguments('text', 'words to look for'),
    kind: option('--kind <kind>', `only ${searchKinds.join(', ')}`, oneOf(searchKinds)),
    limit: option('--limit <n>', 'at most so many (default: 20)', wholeNumber(1, 10_000)),
  },
  examples: [
    { command: 'aisafe search induction heads', does: 'everything about induction heads' },
    { command: 'aisafe search regularization --kind task', does: 'only tasks' },
  ],
  load: () => import('./search.js').then((module) => module.search),
  view: () => import('./search.view.js').then((module) => module.viewSearch),
});

export const find = [search, resources, open].map((each) => topic('Find', each));
