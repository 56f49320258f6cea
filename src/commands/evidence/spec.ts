import { command, topicOf } from '../../cli/command.js';
import { anyArguments, argument, option, optionalArgument, someArguments } from '../../cli/parameters.js';
import type { AddData, AddInput } from './add.js';
import type { ListData, ListInput } from './list.js';
import type { RemoveData, RemoveInput } from './remove.js';
import type { VerifyData, VerifyInput } from './verify.js';

const add = command<AddInput, AddData>({
  name: 'add',
  summary: 'keep something you can show for a task or a criterion',
  description:
    'The evidence is the last word: a URL, a commit as repository@hash (a folder, owner/name or a URL), a file, or note: and words. The options say which it is when that is not clear. Files are hashed and commits of local repositories looked up; nothing is fetched.',
  schema: 'aisafe.evidence.add/1',
  parameters: {
    words: someArguments('id', 'tasks or criteria (checkpoint/criterion), then the evidence'),
    url: option('--url <url>', 'a web page: http or https'),
    commit: option('--commit <repo@hash>', 'a commit'),
    file: option('--file <path>', 'a file; its hash is kept'),
    note: option('--note <text>', 'words, when there is nothing to point at'),
    text: option('--text <note>', 'a remark to keep with it'),
  },
  examples: [
    { command: 'aisafe evidence add build-mlp-numpy ./mlp.py', does: 'a file, with its hash' },
    {
      command: 'aisafe evidence add build-mlp-numpy ./mlp@HEAD',
      does: 'the newest commit of a repository on this machine',
    },
    { command: 'aisafe evidence add build-mlp-numpy --url https://example.org/mlp', does: 'a page' },
  ],
  load: () => import('./add.js').then((module) => module.add),
  view: () => import('./add.view.js').then((module) => module.viewAdd),
});

const list = command<ListInput, ListData>({
  name: 'list',
  summary: 'what you can show so far',
  schema: 'aisafe.evidence.list/1',
  parameters: { item: optionalArgument('item', 'only of this task, criterion, checkpoint, module or phase') },
  load: () => import('./list.js').then((module) => module.list),
  view: () => import('./list.view.js').then((module) => module.viewList),
});

const verify = command<VerifyInput, VerifyData>({
  name: 'verify',
  summary: 'check that files and local commits are still what they were',
  description:
    'Works offline: files are hashed again and commits looked up in repositories on this machine. URLs, notes and repositories elsewhere are named as not checked. Exit code 1 when something no longer holds.',
  schema: 'aisafe.evidence.verify/1',
  parameters: { ids: anyArguments('id', 'ids of evidence, or their beginnings (default: all)') },
  load: () => import('./verify.js').then((module) => module.verify),
  view: () => import('./verify.view.js').then((module) => module.viewVerify),
});

const remove = command<RemoveInput, RemoveData>({
  name: 'remove',
  summary: 'take a piece of evidence away',
  schema: 'aisafe.evidence.remove/1',
  parameters: { id: argument('id', 'id of the evidence, or its beginning') },
  load: () => import('./remove.js').then((module) => module.remove),
  view: () => import('./remove.view.js').then((module) => module.viewRemove),
});

export const evidence = topicOf('Proof', 'evidence', 'what you can show: add, list, verify, remove', [
  add,
  list,
  verify,
  remove,
]);
