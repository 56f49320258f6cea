import type { Lab, Resource, Task } from '../../core/curriculum/model.js';
import { type LabSummary, summariseLab } from '../../core/lab/summarise-lab.js';
import { learnerPace } from '../../core/planning/estimate.js';
import { labState } from '../../core/progress/progress.js';
import type { Study } from '../lookup.js';
import { conceptLinks, type Link, type TaskLink } from './links.js';

/** A lab as `aisafe show` prints it: what it is about and where the learner stands, without hints or answers. */
export interface ShownLab {
  readonly kind: 'lab';
  readonly lab: Pick<
    Lab,
    'id' | 'title' | 'summary' | 'phase' | 'tracks' | 'difficulty' | 'file' | 'functions' | 'serves' | 'scenario_note'
  >;
  readonly standing: Omit<LabSummary, 'id' | 'title'>;
  readonly builds_on: readonly Link[];
  readonly tasks: readonly TaskLink[];
  readonly concepts: readonly Link[];
  readonly resources: readonly Resource[];
}

export function describeLab(
  lab: Lab,
  { curriculum, progress }: Study,
  taskLinks: (keep: (task: Task) => boolean) => readonly TaskLink[],
): ShownLab {
  const { id, title, summary, phase, tracks, difficulty, file, functions, serves, scenario_note } = lab;
  const state = labState(progress, curriculum, lab);
  const { id: _id, title: _title, ...standing } = summariseLab(lab, state, learnerPace(curriculum, progress).pace);
  return {
    kind: 'lab',
    lab: { id, title, summary, phase, tracks, difficulty, file, functions, serves, scenario_note },
    standing,
    builds_on: curriculum.labs
      .filter((each) => lab.needs_labs?.includes(each.id))
      .map(({ id, title }) => ({ id, title })),
    tasks: taskLinks((task) => task.lab === lab.id),
    concepts: conceptLinks(curriculum, lab.concepts),
    resources: curriculum.resources.filter((resource) => lab.resources?.includes(resource.id)),
  };
}
