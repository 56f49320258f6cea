/** A curriculum of any size, the same every time. One item in ten is a resource, one in twenty a concept. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CurriculumContent } from '../../src/core/curriculum/lint/rule.js';
import type { Question, Task } from '../../src/core/curriculum/model.js';

export const curriculumId = 'bench';
const phases = 10;
const tasksOfModule = 50;
const kinds: readonly Task['kind'][] = ['read', 'practise', 'build', 'watch', 'write'];

const numbered = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

export interface Size {
  readonly tasks: number;
  readonly questions: number;
}

/** What the files of a curriculum hold. */
export function makeCurriculum({ tasks, questions }: Size): CurriculumContent & { readonly questions: Question[][] } {
  const concepts = Math.max(10, Math.ceil(tasks / 20));
  const resources = Math.max(10, Math.ceil(tasks / 10));
  const perPhase = Math.ceil(tasks / phases);
  return {
    format: 1,
    id: curriculumId,
    title: `${tasks} tasks`,
    version: '1.0.0',
    phases: numbered(phases, (phase) => ({
      id: `p${phase}`,
      title: `Phase ${phase}`,
      overlap: 0.5,
      modules: numbered(Math.ceil(perPhase / tasksOfModule), (module) => ({
        id: `p${phase}-m${module}`,
        title: `Module ${module} of phase ${phase}`,
        tasks: numbered(Math.min(tasksOfModule, perPhase - module * tasksOfModule), (index) =>
          makeTask(phase * perPhase + module * tasksOfModule + index, concepts, resources),
        ),
      })),
    })),
    concepts: numbered(concepts, (index) => ({
      id: `c${index}`,
      name: `Concept ${index}`,
      meaning: `What number ${index} of the many concepts means, in one sentence.`,
      ...(index > 0 && { requires: [`c${Math.floor(index / 2)}`] }),
    })),
    resources: numbered(resources, (index) => ({
      id: `r${index}`,
      title: `A paper, number ${index}`,
      by: `Author ${index % 97}`,
      type: 'paper',
      url: `https://example.org/${index}`,
      cost: 'free',
      checked: '2026-01-01',
    })),
    labs: [],
    programs: [],
    briefs: [],
    questions: [numbered(questions, (index) => makeQuestion(index, concepts, resources))],
  };
}

function makeTask(index: number, concepts: number, resources: number): Task {
  return {
    id: `t${index}`,
    title: `Do the thing that is number ${index}`,
    kind: kinds[index % kinds.length] ?? 'read',
    minutes: [30 + (index % 7) * 10, 60 + (index % 7) * 20],
    importance: 1 + (index % 5),
    difficulty: 1 + (index % 4),
    // One task in four waits for the one before.
    ...(index % 4 === 3 && { requires: [`t${index - 1}`] }),
    concepts: [`c${index % concepts}`],
    why: 'It buys the learner something that a sentence or two can say.',
    steps: [
      { id: 'first', text: 'Do the first half, and write down what came out' },
      { id: 'then', text: 'Do the second half, and compare it with the first' },
    ],
    resources: [`r${index % resources}`],
  };
}

function makeQuestion(index: number, concepts: number, resources: number): Question {
  return {
    id: `q${index}`,
    kind: 'choice',
    concepts: [`c${index % concepts}`],
    difficulty: 1 + (index % 5),
    prompt: `Which of these is right about the thing that is number ${index}?`,
    options: [
      { text: `The one that says ${index}`, correct: true },
      { text: `The one that says ${index + 1}`, because: 'It is one too many.' },
      { text: `The one that says ${index + 2}`, because: 'It is two too many.' },
    ],
    explanation: `The thing that is number ${index} is what it is, because it was made so by the benchmark.`,
    source: [`r${index % resources}`],
  };
}

/** Writes it as a folder of YAML (of which JSON is a part). */
export function writeCurriculum(folder: string, content: ReturnType<typeof makeCurriculum>): void {
  const {
    phases: all,
    concepts,
    resources,
    programs: _programs,
    briefs: _briefs,
    labs: _labs,
    questions,
    ...overview
  } = content;
  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value, null, 1));
  mkdirSync(join(folder, 'phases'), { recursive: true });
  mkdirSync(join(folder, 'questions'), { recursive: true });
  write('curriculum.yaml', { ...overview, phases: all.map(({ id }) => id) });
  for (const phase of all) write(`phases/${phase.id}.yaml`, phase);
  write('concepts.yaml', concepts);
  write('resources.yaml', resources);
  for (const [index, file] of questions.entries()) write(`questions/q${index}.yaml`, file);
}
