import type { Checkpoint, Curriculum, Module, Phase, Program, Task } from '../../src/core/curriculum/model.js';

/** A task with nothing remarkable about it. */
export function sampleTask(id: string, overrides: Partial<Task> = {}): Task {
  return {
    id,
    title: `Title of ${id}`,
    kind: 'read',
    minutes: [60, 60],
    importance: 3,
    difficulty: 2,
    why: 'Because.',
    ...overrides,
  };
}

function sampleModule(id: string, tasks: readonly Task[]): Module {
  return { id, title: `Title of ${id}`, tasks: [...tasks] };
}

export function samplePhase(
  id: string,
  tasks: readonly Task[],
  overrides: Partial<Phase> & { readonly checkpoint?: Checkpoint } = {},
): Phase {
  return { id, title: `Title of ${id}`, modules: [sampleModule(`${id}-module`, tasks)], ...overrides };
}

/** A curriculum around phases; revisions are the task's own text, so that editing a task changes its revision. */
export function sampleCurriculum(phases: readonly Phase[], overrides: Partial<Curriculum> = {}): Curriculum {
  const revisions: Record<string, string> = {};
  for (const phase of phases) {
    for (const module of phase.modules) for (const task of module.tasks) revisions[task.id] = JSON.stringify(task);
  }
  return {
    format: 1,
    id: 'sample',
    title: 'Sample',
    version: '1',
    tracks: [
      { id: 'left', title: 'Left', summary: 'The left track.' },
      { id: 'right', title: 'Right', summary: 'The right track.' },
    ],
    phases,
    concepts: [],
    resources: [],
    programs: [],
    briefs: [],
    labs: [],
    revisions,
    revision: 'whole',
    ...overrides,
  };
}

export function sampleProgram(id: string, closes: string, overrides: Partial<Program> = {}): Program {
  return {
    id,
    title: `Title of ${id}`,
    by: 'Somebody',
    type: 'fellowship',
    url: `https://example.org/${id}`,
    windows: [{ name: 'Next', closes, status: 'confirmed', as_of: '2026-11', source: 'https://example.org' }],
    ...overrides,
  };
}
