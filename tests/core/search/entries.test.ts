import { describe, expect, it } from 'vitest';
import { noteEntries, searchEntries } from '../../../src/core/search/entries.js';
import { excerpt } from '../../../src/core/search/excerpt.js';
import { sampleCurriculum, samplePhase, sampleProgram, sampleTask } from '../../helpers/curriculum.js';
import { search } from './search-entries.js';

const criterion = {
  id: 'attention',
  question: 'Can you implement attention?',
  levels: ['No', 'With notes', 'Unaided', 'And explain it'],
  pass: 2,
  covers: {},
};
const sample = sampleCurriculum(
  [
    samplePhase('phase', [sampleTask('build-attention', { steps: [{ id: 'mask', text: 'Add the causal mask' }] })], {
      checkpoint: { id: 'check', title: 'Check', criteria: [criterion, { ...criterion, id: 'gone', retired: true }] },
    }),
    samplePhase('gone-phase', [sampleTask('gone-task')], { retired: true }),
  ],
  {
    concepts: [{ id: 'softmax', name: 'Softmax', meaning: 'Scores to shares', aka: ['normalised exponential'] }],
    resources: [
      {
        id: 'old',
        title: 'On attention',
        by: 'A',
        type: 'paper',
        url: 'https://example.org/1',
        cost: 'free',
        status: 'superseded',
      },
      { id: 'new', title: 'On attention', by: 'A', type: 'paper', url: 'https://example.org/2', cost: 'free' },
    ],
    programs: [sampleProgram('camp', '2026-12-01')],
    briefs: [{ id: 'why', title: 'Why now', text: 'Because.' }],
  },
);
const note = {
  id: 'n1',
  item: 'sample/softmax',
  text: 'remember the temperature\nand more',
  at: '2026-11-01T00:00:00.000Z',
};

describe('searchEntries', () => {
  it('holds every kind, retired items left out', () => {
    const entries = [...searchEntries(sample), ...noteEntries([{ ...note, about: 'softmax' }])];
    expect(entries.map(({ sort, id }) => `${sort.kind} ${id}`)).toEqual([
      'task build-attention',
      'module phase-module',
      'concept softmax',
      'resource old',
      'resource new',
      'program camp',
      'brief why',
      'criterion check/attention',
      'note n1',
    ]);
  });

  it.each([
    ['causal mask', 'build-attention'],
    ['normalised exponential', 'softmax'],
    ['temperature', 'n1'],
    ['can you implement', 'check/attention'],
  ])('finds %s', (query, id) => {
    const entries = [...searchEntries(sample), ...noteEntries([{ ...note, about: 'softmax' }])];
    expect(search(entries, query).map((hit) => hit.entry.id)).toEqual([id]);
  });

  it('ranks what is superseded after what replaced it', () => {
    const found = search(searchEntries(sample), 'paper attention').map((hit) => hit.entry.id);
    expect(found).toEqual(['new', 'old']);
  });
});

describe('excerpt', () => {
  const text =
    'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen';

  it.each([
    ['one', 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen ...'],
    ['ten', '... four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen'],
    ['absent', 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen ...'],
  ])('shows the words around %s', (word, expected) => {
    expect(excerpt(text, word)).toBe(expected);
  });
});
