import { isKnownEvent, type StoredEvent } from './event.js';
import { subjectName } from './subject.js';

/** One event in words: `done build-mlp-numpy`. For lists; the words are not a contract. */
export function describeEvent(event: StoredEvent): string {
  if (!isKnownEvent(event)) return `${event.kind} ${event.subject} (made by a newer version)`;
  const name = withoutCurriculum(subjectName(event.subject));
  switch (event.kind) {
    case 'task.started':
      return `started ${name}`;
    case 'task.done':
      return `done ${name}`;
    case 'task.skipped':
      return `skipped ${name}`;
    case 'task.deferred':
      return `put off ${name} until ${event.data.until}`;
    case 'task.waived':
      return `waived ${name}`;
    case 'task.reopened':
      return `reopened ${name}`;
    case 'step.done':
      return `ticked ${name}/${event.data.step}`;
    case 'step.reopened':
      return `unticked ${name}/${event.data.step}`;
    case 'time.logged':
      return `logged ${event.data.minutes} min on ${name}`;
    case 'note.added':
      return `note on ${withoutCurriculum(event.data.item)}`;
    case 'note.removed':
      return `removed note ${name}`;
    case 'evidence.added':
      return `evidence for ${event.data.items.map(withoutCurriculum).join(', ')}`;
    case 'evidence.verified':
      return `verified evidence ${name}`;
    case 'evidence.removed':
      return `removed evidence ${name}`;
    case 'checkpoint.started':
      return `began ${name}`;
    case 'checkpoint.answered':
      return `answered ${name}/${event.data.criterion}: level ${event.data.level}`;
    case 'checkpoint.finished':
      return `finished ${name}`;
    case 'question.answered':
      return event.data.result === 'skipped'
        ? `skipped question ${name}`
        : `answered ${name}: ${resultWords[event.data.result]}`;
    case 'question.flagged':
      return `flagged question ${name}`;
    case 'question.unflagged':
      return `removed the flag of ${name}`;
    case 'card.suspended':
      return `set question ${name} aside${event.data.reason === 'leech' ? ' (forgotten too often)' : ''}`;
    case 'card.resumed':
      return `took question ${name} up again`;
    case 'card.reset':
      return `began question ${name} anew`;
    case 'sitting.started':
      return `began a ${event.data.mode} of ${questions(event.data.items.length)}${event.data.topic === null ? '' : ` on ${event.data.topic}`}`;
    case 'sitting.finished':
      return 'finished a sitting of questions';
    case 'lab.started':
      return `started the lab ${name}`;
    case 'lab.predicted':
      return `predicted ${event.data.prediction} in the lab ${name}`;
    case 'lab.checked': {
      const green = event.data.checks.filter(({ status }) => status === 'pass').length;
      return event.data.passed
        ? `passed the lab ${name}`
        : `checked the lab ${name}: ${green} of ${event.data.checks.length} checks pass`;
    }
    case 'lab.submitted':
      return `kept what passed the lab ${name}`;
    case 'lab.predictions-scored':
      return `scored the predictions of the lab ${name}`;
    case 'lab.hinted':
      return `took hint ${event.data.step} on ${event.data.topic} in the lab ${name}`;
    case 'lab.solution-seen':
      return `looked at the solution of the lab ${name}${event.data.gaveUp ? ' before passing it' : ''}`;
    case 'lab.reset':
      return `began the lab ${name} again from its starter`;
    case 'lab.bughunt-started':
      return `began a bug hunt in the lab ${name}`;
    case 'lab.bughunt-solved':
      return `found the bug of a hunt in the lab ${name}`;
    case 'lab.trusted':
      return `let the code of the lab ${name} run`;
    case 'profile.set':
      return 'set the profile';
    case 'focus.set':
      return event.data.track === null ? 'removed the focus' : `set the focus to ${event.data.track}`;
    case 'setting.set':
      return `set ${subjectName(event.subject)} to ${event.data.value}`;
    case 'setting.removed':
      return `unset ${subjectName(event.subject)}`;
    case 'curriculum.added':
      return `added the curriculum ${subjectName(event.subject)}`;
    case 'curriculum.removed':
      return `removed the curriculum ${subjectName(event.subject)}`;
    case 'curriculum.accepted':
      return `accepted version ${event.data.version} of the curriculum ${subjectName(event.subject)}`;
    case 'action.undone':
      return 'took back an action';
  }
}

const resultWords = {
  correct: 'correct',
  partly: 'partly right',
  wrong: 'wrong',
  unknown: "I don't know",
} as const;

function questions(count: number): string {
  return count === 1 ? '1 question' : `${count} questions`;
}

function withoutCurriculum(qualified: string): string {
  const slash = qualified.indexOf('/');
  return slash < 0 ? qualified : qualified.slice(slash + 1);
}
