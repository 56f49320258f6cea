/** Every command that writes to the store, as the kill test calls them one after another. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from './harness.js';

export interface WritingCommand {
  readonly name: string;
  /** @param turn counts the calls, so that no two are the same. */
  readonly argv: (turn: number) => readonly string[];
}

const tasks = ['read-case-for-safety', 'watch-safety-explainers', 'compare-roles', 'practise-git-basics'];
const task = (turn: number) => tasks[turn % tasks.length] ?? 'compare-roles';

/** Prepares the files that some commands read: an export of another machine, answers, a curriculum. */
export function prepareFiles(folder: string): { readonly commands: readonly WritingCommand[] } {
  const elsewhere = join(folder, 'elsewhere');
  const run = (argv: readonly string[]) =>
    execFileSync(process.execPath, [program, '--home', elsewhere, ...argv], { encoding: 'utf8' });
  for (let minutes = 1; minutes <= 20; minutes += 1) run(['log', task(minutes), '--minutes', String(minutes)]);
  const imported = join(folder, 'elsewhere.jsonl');
  run(['export', '--format', 'jsonl', '--output', imported]);
  const answers = join(folder, 'answers.json');
  writeFileSync(answers, JSON.stringify(Array.from({ length: 5 }, () => ({ answer: '?' }))));
  const criteria = join(folder, 'criteria.json');
  writeFileSync(criteria, JSON.stringify({ criteria: { 'engineering-habits': { level: 1 } } }));
  const own = join(folder, 'own');
  mkdirSync(join(folder, 'evidence'));
  run(['curriculum', 'new', own]);

  const commands: readonly (readonly [name: string, argv: WritingCommand['argv']])[] = [
    ['start', (turn) => ['start', task(turn)]],
    ['done', (turn) => ['done', task(turn), '--minutes', '5', '--note', `turn ${turn}`]],
    ['done a step', () => ['done', 'practise-git-basics/levels']],
    ['reopen', (turn) => ['reopen', task(turn)]],
    ['skip', (turn) => ['skip', task(turn)]],
    ['defer', (turn) => ['defer', task(turn), '--days', '3']],
    ['waive', (turn) => ['waive', task(turn)]],
    ['note', (turn) => ['note', task(turn), `a note of turn ${turn}`]],
    ['log', (turn) => ['log', task(turn), '--minutes', '7']],
    ['evidence', (turn) => ['evidence', 'add', task(turn), `https://example.org/${turn}`]],
    ['quiz', (turn) => ['quiz', '--kind', 'choice', '--count', '5', '--seed', String(turn), '--answers', answers]],
    ['check', () => ['check', 'phase1', '--answers', criteria]],
    ['undo', () => ['undo']],
    [
      'init',
      (turn) => ['init', '--background', 'stem', '--hours', String(3 + (turn % 9)), '--no-focus', '--no-placement'],
    ],
    ['focus', (turn) => ['focus', '--track', turn % 2 === 0 ? 'interpretability' : 'governance']],
    ['config', (turn) => ['config', 'set', 'desired-retention', turn % 2 === 0 ? '0.9' : '0.85']],
    ['import', () => ['import', imported]],
    ['curriculum', () => ['curriculum', 'add', own]],
    ['backup', () => ['backup']],
    ['doctor', () => ['doctor', '--fix']],
  ];
  return { commands: commands.map(([name, argv]) => ({ name, argv })) };
}
