import { describe, expect, it } from 'vitest';
import { readCurriculum } from '../../src/content/read.js';
import { baseFolder, changedBase, shippedFolder } from './folders.js';

describe('reading a curriculum', () => {
  it('puts the files together, phases in the order of curriculum.yaml', () => {
    const folder = changedBase([
      { file: 'curriculum.yaml', replace: 'phases: [first, second]', with: 'phases: [second, first]' },
      {
        file: 'phases/second.yaml',
        replace: '        requires: [read-slope]\n        concepts: [limit]\n        why: It',
        with: '        concepts: [slope]\n        why: It',
      },
      {
        file: 'phases/second.yaml',
        replace: '        optional: true\n        requires: [read-slope]\n        concepts: [limit]\n',
        with: '        optional: true\n        concepts: [slope]\n',
      },
      { file: 'phases/first.yaml', replace: 'concepts: [difference]', with: 'concepts: [difference, limit]' },
    ]);
    const { curriculum, findings } = readCurriculum(folder);
    expect(findings).toEqual([]);
    expect(curriculum?.phases.map((phase) => phase.id)).toEqual(['second', 'first']);
    expect(curriculum?.concepts.map((concept) => concept.id)).toEqual(['slope', 'difference', 'limit']);
  });

  it('does without every list file', () => {
    const folder = changedBase([
      ...[
        'concepts.yaml',
        'resources.yaml',
        'programs.yaml',
        'briefs.yaml',
        'questions/basics.yaml',
        'phases/second.yaml',
        'labs',
      ].map((file) => ({ file, remove: true }) as const),
      { file: 'curriculum.yaml', write: 'format: 1\nid: tiny\ntitle: Tiny\nversion: "1"\nphases: [first]\n' },
      {
        file: 'phases/first.yaml',
        write: [
          'id: first',
          'title: First',
          'modules:',
          '  - id: only',
          '    title: Only',
          '    tasks:',
          '      - { id: do-it, title: Do it, kind: build, minutes: [1, 2], importance: 1, difficulty: 1, why: Why not,',
          '          steps: [{ id: a, text: A }, { id: b, text: B }] }',
          '',
        ].join('\n'),
      },
    ]);
    const { curriculum, findings } = readCurriculum(folder);
    expect(findings).toEqual([]);
    expect(curriculum).toMatchObject({ id: 'tiny', concepts: [], resources: [], programs: [], briefs: [], labs: [] });
  });

  it('reads YAML 1.2: no and yes are words, 010 is ten, and a date is text', () => {
    const folder = changedBase([
      { file: 'concepts.yaml', replace: 'name: Slope', with: 'name: no' },
      { file: 'resources.yaml', replace: 'year: 2020', with: 'year: 02020' },
    ]);
    const { curriculum } = readCurriculum(folder);
    expect(curriculum?.concepts[0]?.name).toBe('no');
    expect(curriculum?.resources[0]).toMatchObject({ year: 2020, checked: '2026-11-23' });
  });

  it('reads lines that end in carriage return and line feed, at the same places', () => {
    const text = '- id: slope\r\n  name: Slope\r\n  meaning: How fast.\r\n  colour: red\r\n';
    const { findings } = readCurriculum(changedBase([{ file: 'concepts.yaml', write: text }]));
    expect(findings.find(({ rule }) => rule === 'unknown-key')).toMatchObject({ line: 4, column: 3 });
  });

  it('counts columns after a byte order mark as an editor does', () => {
    const { findings } = readCurriculum(changedBase([{ file: 'briefs.yaml', write: '\ufeffnot: a list\n' }]));
    expect(findings.map(({ rule, line, column }) => `${rule} ${line}:${column}`)).toEqual([
      'byte-order-mark 1:1',
      'wrong-type 1:1',
    ]);
  });

  it('follows a few aliases', () => {
    const folder = changedBase([
      { file: 'phases/first.yaml', replace: 'concepts: [difference]', with: 'concepts: &taught [difference]' },
      {
        file: 'phases/first.yaml',
        replace: 'covers: { tasks: [build-check], concepts: [slope] }',
        with: 'covers: { tasks: [build-check], concepts: *taught }',
      },
    ]);
    const { curriculum, findings } = readCurriculum(folder);
    expect(findings).toEqual([]);
    expect(curriculum?.phases[0]?.checkpoint?.criteria[0]?.covers.concepts).toEqual(['difference']);
  });

  it('gives every item a revision that only its own text changes', () => {
    const before = readCurriculum(baseFolder).curriculum;
    const after = readCurriculum(
      changedBase([{ file: 'phases/first.yaml', replace: 'text: Compare it', with: 'text: Compare them' }]),
    ).curriculum;
    const ids = Object.keys(before?.revisions ?? {});
    expect(ids.filter((id) => before?.revisions[id] !== after?.revisions[id])).toEqual(['build-check']);
    expect(before?.revision).not.toBe(after?.revision);
    expect(ids).toContain('first-check/checks-a-slope');
  });

  it('gives the same revisions whatever the order of keys and the comments', () => {
    const folder = changedBase([
      {
        file: 'concepts.yaml',
        replace: '  name: Slope\n  meaning: How fast a function changes.\n',
        with: '  # turned round\n  meaning: "How fast a function changes."\n  name: Slope\n',
      },
    ]);
    expect(readCurriculum(folder).curriculum?.revision).toBe(readCurriculum(baseFolder).curriculum?.revision);
  });
});

describe('the curriculum that comes with the program', () => {
  it('has no errors', () => {
    const { curriculum, findings } = readCurriculum(shippedFolder);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(curriculum?.id).toBe('aisafe');
  });
});
