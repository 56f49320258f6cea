import { toJsonSchema } from '@valibot/to-json-schema';
import { type FileKind, fileKinds } from '../../src/core/curriculum/file-kinds.js';
import { fileSchemas } from '../../src/core/curriculum/schema.js';
import {
  day,
  dayOrMonth,
  id,
  ids,
  line,
  minutes,
  scale,
  share,
  text,
} from '../../src/core/curriculum/schema-fields.js';

const about: Readonly<Record<FileKind, { readonly title: string; readonly description: string }>> = {
  curriculum: {
    title: 'Curriculum',
    description:
      'curriculum.yaml: what the curriculum is called, its tracks, its phases in order and the focus questionnaire.',
  },
  phase: {
    title: 'Phase',
    description: 'phases/<id>.yaml: one phase, its modules and tasks, and the checkpoint at its end.',
  },
  concepts: { title: 'Concepts', description: 'concepts.yaml: the vocabulary, with what comes before what.' },
  resources: { title: 'Resources', description: 'resources.yaml: every link once.' },
  programs: {
    title: 'Programs',
    description: 'programs.yaml: courses, fellowships and camps, with their application windows.',
  },
  questions: { title: 'Questions', description: 'questions/<area>.yaml: the questions of an area.' },
  lab: { title: 'Lab', description: 'labs/<id>/lab.yaml: a hands-on lab that is graded on the learner’s computer.' },
  mutants: {
    title: 'Mutants',
    description: 'labs/<id>/mutants.yaml: known wrong solutions, as edits of solution.py, and what catches each.',
  },
  briefs: { title: 'Briefs', description: 'briefs.yaml: short texts to read first, with dated facts.' },
};

/** The JSON Schema of each kind of file, made from the validator, so that editors complete and check as one types. */
export function curriculumJsonSchemas(): ReadonlyMap<FileKind, object> {
  return new Map(
    fileKinds.map((kind) => {
      const schema = toJsonSchema(fileSchemas[kind], {
        // What JSON Schema cannot say is left to the lint: that a day exists, that the low estimate comes first.
        ignoreActions: ['check', 'safe_integer'],
        definitions: { id, ids, line, text, scale, minutes, day, dayOrMonth, share },
      });
      const { $schema, ...rest } = schema;
      return [kind, { $schema, $id: `urn:aisafe:curriculum:1:${kind}`, ...about[kind], ...rest }];
    }),
  );
}
