import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyEvent, EventKind } from '../../../src/core/progress/event.js';
import { foldSubject } from '../../../src/core/progress/fold.js';
import { taskStateName } from '../../../src/core/progress/progress.js';
import type { TaskState, TaskStateName } from '../../../src/core/progress/state.js';
import { type TaskMove, taskMoves, transition } from '../../../src/core/progress/transitions.js';
import { sampleEvent } from '../../helpers/progress.js';

const subject = 'task/sample/one';
const today = '2026-11-23';

const eventOf: Readonly<Record<TaskMove, () => AnyEvent>> = {
  start: () => sampleEvent('task.started', subject, {}),
  done: () => sampleEvent('task.done', subject, {}),
  skip: () => sampleEvent('task.skipped', subject, {}),
  defer: () => sampleEvent('task.deferred', subject, { until: '2026-12-01' }),
  waive: () => sampleEvent('task.waived', subject, {}),
  reopen: () => sampleEvent('task.reopened', subject, {}),
};

/** The whole machine, written down a second time and more simply: where each allowed move leads. */
const leadsTo: Readonly<Record<Exclude<TaskMove, 'reopen'>, TaskStateName>> = {
  start: 'started',
  done: 'done',
  skip: 'skipped',
  defer: 'deferred',
  waive: 'waived',
};

type Command =
  | { readonly type: 'move'; readonly move: TaskMove }
  | { readonly type: 'tick' | 'untick'; readonly step: string }
  | { readonly type: 'log'; readonly minutes: number };

const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    fc.constantFrom(...taskMoves).map((move): Command => ({ type: 'move', move })),
    fc
      .constantFrom('a', 'b')
      .chain((step) => fc.constantFrom('tick' as const, 'untick' as const).map((type): Command => ({ type, step }))),
    fc.integer({ min: 1, max: 500 }).map((minutes): Command => ({ type: 'log', minutes })),
  ),
  { maxLength: 40 },
);

interface Model {
  readonly state: TaskStateName;
  readonly steps: readonly string[];
  readonly minutes: number;
}

function applyToModel(model: Model, command: Command): Model {
  const begun = model.state === 'open' ? 'started' : model.state;
  switch (command.type) {
    case 'log':
      return { ...model, state: begun, minutes: model.minutes + command.minutes };
    case 'tick':
      return { ...model, state: begun, steps: [...new Set([...model.steps, command.step])] };
    case 'untick':
      return { ...model, steps: model.steps.filter((step) => step !== command.step) };
    case 'move':
      if (command.move !== 'reopen') return { ...model, state: leadsTo[command.move] };
      return { ...model, state: model.minutes > 0 || model.steps.length > 0 ? 'started' : 'open' };
  }
}

/** The event that a learner's command writes; undefined when the move is refused or changes nothing. */
function eventFor(command: Command, state: TaskStateName): AnyEvent | undefined {
  switch (command.type) {
    case 'log':
      return sampleEvent('time.logged', subject, { minutes: command.minutes });
    case 'tick':
      return sampleEvent('step.done', subject, { step: command.step });
    case 'untick':
      return sampleEvent('step.reopened', subject, { step: command.step });
    case 'move': {
      const result = transition(command.move, state);
      return result.allowed && result.changes ? eventOf[command.move]() : undefined;
    }
  }
}

describe('a task as a state machine', () => {
  it('goes where the moves say, and counts steps and minutes', () => {
    fc.assert(
      fc.property(commands, (all) => {
        const events: AnyEvent[] = [];
        let model: Model = { state: 'open', steps: [], minutes: 0 };
        for (const command of all) {
          const event = eventFor(command, model.state);
          if (!event) continue;
          events.push(event);
          model = applyToModel(model, command);
          const real = foldSubject('task', events) as TaskState;
          expect(taskStateName(real, today)).toBe(model.state);
          expect(Object.keys(real.steps).sort()).toEqual([...model.steps].sort());
          expect(real.minutes).toBe(model.minutes);
        }
      }),
    );
  });

  it('lets every state be left again', () => {
    for (const state of ['started', 'done', 'skipped', 'deferred', 'waived'] as const) {
      expect(
        taskMoves.some((move) => {
          const result = transition(move, state);
          return result.allowed && result.changes;
        }),
      ).toBe(true);
    }
  });

  it('survives any order of events after a merge', () => {
    const kinds: EventKind[] = ['task.started', 'task.done', 'task.reopened', 'task.skipped', 'task.waived'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...kinds), { minLength: 1 }), (chosen) => {
        const events = chosen.map((kind) => sampleEvent(kind, subject, {}));
        expect(foldSubject('task', events)).toBeDefined();
      }),
    );
  });
});
