import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdown } from '../../src/exports/markdown.js';
import { markdownEvidence, markdownLink, markdownText } from '../../src/exports/markdown-text.js';
import type { Deed } from './history-arbitrary.js';
import { storeAfter, written } from './learner.js';

const day: Deed = { type: 'wait', hours: 24 };

const work: readonly Deed[] = [
  { type: 'act', events: [{ kind: 'focus.set', subject: 'focus/sample', data: { track: 'left' } }] },
  { type: 'act', events: [{ kind: 'task.started', subject: 'task/sample/probe', data: {} }] },
  { type: 'act', events: [{ kind: 'time.logged', subject: 'task/sample/probe', data: { minutes: 45 } }] },
  day,
  {
    type: 'act',
    events: [
      { kind: 'task.done', subject: 'task/sample/old-attention', data: {} },
      { kind: 'time.logged', subject: 'task/sample/old-attention', data: { minutes: 150 } },
      {
        kind: 'evidence.added',
        subject: 'evidence/aaaaaaaaaaaa',
        data: {
          items: ['sample/attention', 'sample/phase1-check/from-scratch'],
          reference: {
            type: 'commit',
            repository: 'git@github.com:me/attention.git',
            commit: '0123456789abcdef0123456789abcdef01234567',
          },
          note: 'A private remark',
        },
      },
      {
        kind: 'evidence.added',
        subject: 'evidence/bbbbbbbbbbbb',
        data: {
          items: ['sample/attention'],
          reference: { type: 'file', path: '/home/me/secret/mlp.py', sha256: 'ab'.repeat(32), bytes: 9 },
        },
      },
      {
        kind: 'note.added',
        subject: 'note/aaaaaaaaaaaa',
        data: { item: 'sample/attention', text: 'Private:\n# not a heading' },
      },
    ],
  },
  day,
  {
    type: 'act',
    events: [
      { kind: 'checkpoint.started', subject: 'checkpoint/sample/phase1-check', data: { attempt: 'first' } },
      {
        kind: 'checkpoint.answered',
        subject: 'checkpoint/sample/phase1-check',
        data: {
          attempt: 'first',
          criterion: 'from-scratch',
          level: 2,
          support: { type: 'evidence', evidence: ['aaaaaaaaaaaa'] },
        },
      },
      {
        kind: 'checkpoint.answered',
        subject: 'checkpoint/sample/phase1-check',
        data: { attempt: 'first', criterion: 'papers', level: 1, support: { type: 'self-attested' } },
      },
      {
        kind: 'checkpoint.finished',
        subject: 'checkpoint/sample/phase1-check',
        data: { attempt: 'first', ready: true },
      },
    ],
  },
];

describe('export --format markdown', () => {
  it('is a page to publish', async () => {
    await expect(written(markdown, storeAfter(work))).toMatchFileSnapshot('../fixtures/exports/portfolio.md');
  });

  it('keeps notes, remarks and folders of this computer to itself', () => {
    const page = written(markdown, storeAfter(work));
    expect(page).not.toMatch(/private|secret/i);
  });

  it('has the notes with --notes', () => {
    const page = written(markdown, storeAfter(work), { notes: true });
    expect(page).toContain('A private remark');
    expect(page).toContain('Private: # not a heading');
  });

  it('is a whole page for someone who has not begun', () => {
    expect(written(markdown, storeAfter([]))).toContain('# Portfolio: Sample');
  });
});

describe('text from elsewhere', () => {
  it('cannot become HTML, a link, a table cell or a new line', () => {
    expect(markdownText('<img src=x onerror=alert(1)> [a](javascript:b) | c\n# d')).toBe(
      '&lt;img src=x onerror=alert(1)&gt; \\[a\\](javascript:b) \\| c # d',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(markdownText(text)).not.toMatch(/[<>\n\r]|(?<!\\)(?:\\\\)*[[\]|*_`]/);
      }),
    );
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://example.org', 'not a url', 'vbscript:x'])(
    '%s is no link',
    (address) => {
      expect(markdownLink('words', address)).toBe('words');
    },
  );

  it('leaves a password out of an address', () => {
    expect(markdownEvidence({ type: 'url', url: 'https://me:hunter2@example.org/a_(b)' })).toBe(
      '[example.org/a\\_%28b%29](https://example.org/a_%28b%29)',
    );
  });

  it.each([
    ['owner/name', '[owner/name@0123456789](https://github.com/owner/name/commit/0123456789abcdef)'],
    [
      'https://github.com/owner/name.git',
      '[owner/name@0123456789](https://github.com/owner/name/commit/0123456789abcdef)',
    ],
    ['https://git.example.org/r', '[r@0123456789](https://git.example.org/r)'],
    ['/home/me/secret/repo', 'commit repo@0123456789'],
    ['C:\\Users\\me\\repo', 'commit repo@0123456789'],
  ])('a commit of %s', (repository, shown) => {
    expect(markdownEvidence({ type: 'commit', repository, commit: '0123456789abcdef' })).toBe(shown);
  });
});
