import { command, topicOf } from '../../cli/command.js';
import { argument } from '../../cli/parameters.js';
import type { ConfigData, GetInput, SetInput } from './config.js';

const view = () => import('./config.view.js').then((module) => module.viewConfig);

const list = command<Record<never, never>, ConfigData>({
  name: 'list',
  summary: 'every setting with its value',
  schema: 'aisafe.config/1',
  parameters: {},
  load: () => import('./config.js').then((module) => module.listSettings),
  view,
});

const get = command<GetInput, ConfigData>({
  name: 'get',
  summary: 'the value of a setting',
  schema: 'aisafe.config/1',
  parameters: { key: argument('key', 'the setting') },
  load: () => import('./config.js').then((module) => module.getSetting),
  view,
});

const set = command<SetInput, ConfigData>({
  name: 'set',
  summary: 'change a setting',
  schema: 'aisafe.config/1',
  parameters: { key: argument('key', 'the setting'), value: argument('value', 'its new value') },
  examples: [{ command: 'aisafe config set next-limit 5', does: 'five tasks at a time' }],
  load: () => import('./config.js').then((module) => module.setSetting),
  view,
});

const unset = command<GetInput, ConfigData>({
  name: 'unset',
  summary: 'go back to the preset',
  schema: 'aisafe.config/1',
  parameters: { key: argument('key', 'the setting') },
  load: () => import('./config.js').then((module) => module.unsetSetting),
  view,
});

export const config = topicOf('Set up', 'config', 'settings', [list, get, set, unset], list);
