import type { Progress } from '../core/progress/progress.js';
import type {
  CheckpointState,
  CurriculumState,
  EvidenceState,
  FocusState,
  NoteState,
  ProfileState,
  SettingState,
  TaskState,
} from '../core/progress/state.js';
import { type SubjectKind, subjectName } from '../core/progress/subject.js';
import type { Database } from './database.js';

type Row = readonly [subject: string, kind: Exclude<SubjectKind, 'action'>, state: string];

/** All projections, each map in the order of its subjects. */
export function readProgress(database: Database): Progress {
  const maps = {
    task: new Map<string, TaskState>(),
    checkpoint: new Map<string, CheckpointState>(),
    evidence: new Map<string, EvidenceState>(),
    note: new Map<string, NoteState>(),
    focus: new Map<string, FocusState>(),
    setting: new Map<string, SettingState>(),
    curriculum: new Map<string, CurriculumState>(),
    profile: new Map<string, ProfileState>(),
  };
  const sql = 'SELECT subject, kind, state FROM projection WHERE state IS NOT NULL ORDER BY subject';
  const rows = database.statement<[], Row>(sql).raw().all();
  for (const [subject, kind, state] of rows) maps[kind].set(subjectName(subject), JSON.parse(state));
  const { profile, ...rest } = maps;
  return { ...rest, profile: profile.get('') };
}
