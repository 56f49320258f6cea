import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchEntries } from '../../../src/core/search/entries.js';
import { fold, foldSpelling, wordsOf } from '../../../src/core/search/fold.js';
import { indexEntries, type Searchable } from '../../../src/core/search/search-index.js';
import { suggestQueries } from '../../../src/core/search/suggest.js';
import { sampleCurriculum, samplePhase, sampleTask } from '../../helpers/curriculum.js';
import { search } from './search-entries.js';

const sort = {
  fields: [
    { name: 'title', weight: 10 },
    { name: 'text', weight: 3 },
  ],
};
const entry = (id: string, title: string, text = ''): Searchable => ({ id, title, sort, texts: () => [title, text] });

const shelf = [
  entry('attention', 'Implement attention', 'Scores become weights through the softmax.'),
  entry('softmax', 'The softmax', 'Turns scores into shares; its behaviour at low temperature.'),
  entry('pretraining', 'Pre-training and GPT-2', 'Written in 2025.'),
  entry('regularisation', 'Regularisation', 'Weight decay and dropout.'),
  entry('goodhart', 'Goodhart’s law', 'When a measure becomes a target. Müller wrote on it.'),
  entry('sae', 'A sparse autoencoder', 'Finds features.'),
];

const ids = (query: string) => search(shelf, query).map((hit) => hit.entry.id);

describe('search', () => {
  it.each([
    ['attention', ['attention']],
    ['SOFTMAX', ['softmax', 'attention']],
    ['softmax temperature', ['softmax']],
    ['temp', ['softmax']],
    ['encoder', ['sae']],
    ['autoencoders', ['sae']],
    ['pretraining', ['pretraining']],
    ['pre-training', ['pretraining']],
    ['gpt2', ['pretraining']],
    ['gpt-2', ['pretraining']],
    ['regularization', ['regularisation']],
    ['behavior', ['softmax']],
    ["goodhart's", ['goodhart']],
    ['goodharts', ['goodhart']],
    ['muller', ['goodhart']],
    ['müller', ['goodhart']],
    ['attenion', ['attention']],
    ['atention', ['attention']],
    ['attnetion', ['attention']],
    ['regulrisaton', ['regularisation']],
  ])('finds %s', (query, expected) => {
    expect(ids(query)).toEqual(expected);
  });

  it.each([
    ['a word that is nowhere', 'zebra'],
    ['words that never stand together', 'dropout temperature'],
    ['two typos in a short word', 'sofmx'],
    ['another year', '2026'],
    ['another model', 'gpt3'],
    ['nothing', ''],
    ['signs only', '?!'],
  ])('does not find %s', (_, query) => {
    expect(ids(query)).toEqual([]);
  });

  it('puts a match in the title before one in the text', () => {
    expect(ids('softmax')).toEqual(['softmax', 'attention']);
  });

  it('puts what has less standing last', () => {
    const old = { ...entry('old', 'Attention'), sort: { ...sort, standing: 0.5 } };
    expect(search([old, entry('new', 'On attention and more')], 'attent').map((hit) => hit.entry.id)).toEqual([
      'new',
      'old',
    ]);
  });

  it('says where the best match is', () => {
    const [hit] = search(shelf, 'dropout');
    expect(hit).toMatchObject({ field: 1, word: 'dropout' });
  });

  it('keeps the order given between equals', () => {
    const twins = [entry('b', 'Same words'), entry('a', 'Same words')];
    expect(search(twins, 'same').map((hit) => hit.entry.id)).toEqual(['b', 'a']);
  });
});

const word = fc.stringMatching(/^[a-z]{3,12}$/);
const title = fc.array(word, { minLength: 1, maxLength: 7 }).map((words) => words.join(' '));
const curriculum = fc
  .uniqueArray(fc.record({ title, why: title }), { minLength: 1, maxLength: 30, selector: (task) => task.title })
  .map((tasks) =>
    sampleCurriculum([
      samplePhase(
        'phase',
        tasks.map((task, index) => sampleTask(`task-${index}`, task)),
      ),
    ]),
  );

describe('search, over any curriculum', () => {
  it('ranks a task first for its exact title', () => {
    fc.assert(
      fc.property(curriculum, fc.nat(), (sample, pick) => {
        const entries = searchEntries(sample);
        const tasks = entries.filter((each) => each.sort.kind === 'task');
        const task = tasks[pick % tasks.length];
        const words = (text: string) => [...new Set(wordsOf(foldSpelling(text)))].join(' ');
        // “la la” and “la” are the same query: each is the exact title of both.
        const same = entries.filter((each) => words(each.title) === words(task?.title ?? ''));
        expect(same.map(({ id }) => id)).toContain(search(entries, task?.title ?? '')[0]?.entry.id);
      }),
    );
  });

  it('still finds a task when one long word of its title has a typo', () => {
    const typo = fc.record({ at: fc.nat(), kind: fc.constantFrom('drop', 'double', 'swap', 'replace') });
    fc.assert(
      fc.property(
        curriculum,
        fc.nat(),
        fc.stringMatching(/^[a-z]{6,12}$/),
        typo,
        (sample, pick, long, { at, kind }) => {
          const tasks = sample.phases[0]?.modules[0]?.tasks ?? [];
          const index = pick % tasks.length;
          const renamed = tasks.map((task, place) =>
            place === index ? { ...task, title: `${task.title} ${long}` } : task,
          );
          const entries = searchEntries(sampleCurriculum([samplePhase('phase', renamed)]));
          const misspelt = misspell(long, at, kind);
          const texts = entries.flatMap((each) => each.texts().map(fold));
          // A typo that happens to spell a part of another word is that word.
          fc.pre(!texts.some((text) => text.includes(foldSpelling(misspelt)) || text.includes(misspelt.slice(0, -1))));
          // Spellings are made one before they are compared: “analyzw” is two edits from “analyse”.
          fc.pre([long, misspelt].every((text) => foldSpelling(text) === text));
          const found = search(entries, misspelt).map((hit) => hit.entry.id);
          expect(found).toContain(`task-${index}`);
        },
      ),
    );
  });

  it('answers every query with entries that are there, the same way each time', () => {
    fc.assert(
      fc.property(curriculum, fc.string({ unit: 'grapheme' }), (sample, query) => {
        const entries = searchEntries(sample);
        const first = search(entries, query);
        expect(search(entries, query)).toEqual(first);
        for (const hit of first) expect(hit.score).toBeGreaterThan(0);
      }),
    );
  });
});

function misspell(word: string, at: number, kind: string): string {
  const index = at % (word.length - 1);
  const before = word.slice(0, index);
  const [letter = '', following = ''] = word.slice(index);
  const after = word.slice(index + 1);
  if (kind === 'drop') return before + after;
  if (kind === 'double') return before + letter + letter + after;
  if (kind === 'swap') return before + following + letter + word.slice(index + 2);
  return `${before}${letter === 'q' ? 'x' : 'q'}${after}`;
}

describe('suggestQueries', () => {
  const shelfIndex = indexEntries(shelf);

  it.each([
    ['a word that is too far off is replaced', 'sparsity autoencoder', ['autoencoder']],
    ['a word that is nowhere is left out', 'attention zebra', ['attention']],
    ['one of two words that never meet is left out', 'dropout temperature', ['dropout', 'temperature']],
    ['nothing resembles it', 'qqqqqqqq', []],
  ])('%s', (_, query, expected) => {
    expect(suggestQueries(shelfIndex, query, 3)).toEqual(expected);
  });

  it('only suggests what finds something', () => {
    fc.assert(
      fc.property(title, (query) => {
        for (const suggestion of suggestQueries(shelfIndex, query, 3)) expect(ids(suggestion)).not.toEqual([]);
      }),
    );
  });
});
