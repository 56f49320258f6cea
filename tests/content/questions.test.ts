import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCurriculum, loadQuestions } from '../../src/content/load.js';
import { readCurriculum } from '../../src/content/read.js';
import { drawQuestion } from '../../src/core/quiz/draw.js';
import { gradeAnswer } from '../../src/core/quiz/grade.js';
import { parseAnswer } from '../../src/core/quiz/parse-answer.js';
import { prepareRegex } from '../../src/core/quiz/regex.js';
import { applyChange, baseFolder, changedBase, shippedFolder } from './folders.js';
import { memoryCache } from './memory-cache.js';

const breakQuestions = { file: 'questions/basics.yaml', replace: 'kind: order', with: 'kind: ordre' };

describe('the questions of a curriculum', () => {
  it('are read in the order of the files, each with a revision of its own', () => {
    const { questions } = readCurriculum(baseFolder);
    expect(questions?.questions).toHaveLength(11);
    expect(questions?.questions[0]).toMatchObject({ id: 'sign-of-slope', kind: 'choice' });
    expect(new Set(Object.values(questions?.revisions ?? {})).size).toBe(11);
  });

  it('get another revision when they are edited, and only they', () => {
    const folder = changedBase([
      { file: 'questions/basics.yaml', replace: 'A function falls', with: 'Any function falls' },
    ]);
    const before = readCurriculum(baseFolder);
    const after = readCurriculum(folder);
    const changed = Object.entries(after.questions?.revisions ?? {}).filter(
      ([id, revision]) => before.questions?.revisions[id] !== revision,
    );
    expect(changed.map(([id]) => id)).toEqual(['sign-of-slope']);
    expect(after.curriculum?.revision).toBe(before.curriculum?.revision);
  });

  it('are no part of the curriculum, and do not keep it from loading when they are wrong', async () => {
    const folder = changedBase([breakQuestions]);
    const cache = memoryCache();
    expect(await loadCurriculum({ folder, cache })).not.toHaveProperty('questions');
    await expect(loadQuestions({ folder, cache })).rejects.toMatchObject({
      code: 'CURRICULUM_INVALID',
      message: expect.stringContaining('questions/basics.yaml:64:9 unknown-value'),
    });
  });

  it('are kept in a row of their own and come from there while nothing changes', async () => {
    const folder = changedBase();
    const cache = memoryCache();
    const loaded = await loadQuestions({ folder, cache });
    const read = readCurriculum(folder).questions;
    expect({ ...loaded, find: undefined }).toEqual({ ...read, find: undefined });
    await loadCurriculum({ folder, cache });
    expect(cache.written.map((key) => key.endsWith('#questions'))).toEqual([true, false]);
    expect({ ...(await loadQuestions({ folder, cache })), find: undefined }).toEqual({ ...read, find: undefined });
    cache.edit((json) => json.replace('falls everywhere', 'is kept'));
    expect((await loadQuestions({ folder, cache })).questions[0]?.prompt).toBe(
      'A function is kept. What holds for its slope?',
    );
    expect(cache.written).toHaveLength(2);
  });

  it('are found one by one, by the id that they have or had', async () => {
    const folder = changedBase([
      {
        file: 'questions/basics.yaml',
        replace: '- id: sign-of-slope',
        with: '- id: sign-of-slope\n  aliases: [old-one]',
      },
    ]);
    const cache = memoryCache();
    for (const bank of [await loadQuestions({ folder, cache }), await loadQuestions({ folder, cache })]) {
      expect(bank.find('old-one')).toEqual(bank.questions[0]);
      expect(bank.find('sign-of-slope')).toEqual(bank.questions[0]);
      expect(bank.find('no-such')).toBeUndefined();
    }
  });

  it('are read anew when they change, and when what they refer to does', async () => {
    const folder = changedBase();
    const cache = memoryCache();
    await loadQuestions({ folder, cache });
    applyChange(folder, { file: 'questions/basics.yaml', replace: 'A function falls', with: 'Any function falls' });
    expect((await loadQuestions({ folder, cache })).questions[0]?.prompt).toContain('Any function');
    applyChange(folder, { file: 'concepts.yaml', replace: '- id: limit\n', with: '- id: limits-of-it\n' });
    await expect(loadQuestions({ folder, cache })).rejects.toMatchObject({ code: 'CURRICULUM_INVALID' });
  });

  it('are read anew when a file comes or goes, or what is kept is damaged', async () => {
    const folder = changedBase();
    const cache = memoryCache();
    await loadQuestions({ folder, cache });
    const text = readFileSync(join(folder, 'questions/basics.yaml'), 'utf8');
    const [first = ''] = text.split(/^(?=- id: what-a)/m);
    writeFileSync(
      join(folder, 'questions/more.yaml'),
      first.replace('sign-of-slope', 'another-one').replace('falls everywhere', 'never rises'),
    );
    expect((await loadQuestions({ folder, cache })).questions).toHaveLength(12);
    cache.edit(() => '{"questions":');
    expect((await loadQuestions({ folder, cache })).questions).toHaveLength(12);
  });

  it('need not be there', async () => {
    const folder = changedBase([{ file: 'questions/basics.yaml', remove: true }]);
    expect(readCurriculum(folder).findings).toEqual([]);
    expect(await loadQuestions({ folder, cache: memoryCache() })).toMatchObject({ questions: [], revisions: {} });
  });
});

describe('the shipped questions', () => {
  const { findings, questions } = readCurriculum(shippedFolder);

  it('have no errors', () => {
    expect(findings.filter(({ file, severity }) => file.startsWith('questions/') && severity === 'error')).toEqual([]);
    expect(questions?.questions.length).toBeGreaterThan(100);
  });

  it('take the answer that they show for right, whatever is drawn', async () => {
    const bank = questions?.questions ?? [];
    await prepareRegex(bank);
    const refused: string[] = [];
    for (const question of bank.filter(({ kind }) => !['multi', 'order', 'match', 'explain'].includes(kind))) {
      for (let seed = 0; seed < 20; seed++) {
        const instance = drawQuestion(question, String(seed));
        const { expected } = gradeAnswer(instance, { type: 'unknown' });
        const answer = parseAnswer(instance, expected);
        const result = 'problem' in answer ? answer.problem : gradeAnswer(instance, answer).result;
        if (result !== 'correct') refused.push(`${question.id} (seed ${seed}): ${expected}: ${result}`);
      }
    }
    expect(refused).toEqual([]);
  });
});
