import { command } from '../../cli/command.js';
import type { OverviewData } from './overview.js';

/** Bare `aisafe`. */
export const overview = command<Record<never, never>, OverviewData>({
  name: 'overview',
  summary: 'where you are, and what is next',
  schema: 'aisafe.overview/1',
  parameters: {},
  load: () => import('./overview.js').then((module) => module.overview),
  view: () => import('./overview.view.js').then((module) => module.viewOverview),
});
