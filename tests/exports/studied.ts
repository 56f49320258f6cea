import { sampleCurriculum, samplePhase, sampleProgram, sampleTask } from '../helpers/curriculum.js';

const levels = ['Not yet', 'With notes open', 'Unaided, and my tests pass', 'I can explain every line'];

/** Two phases, a checkpoint, programs; small, and with what exports must take care of. */
export const studied = sampleCurriculum(
  [
    samplePhase(
      'phase1',
      [
        sampleTask('attention', {
          kind: 'build',
          title: 'Build *attention* <from scratch>',
          steps: [
            { id: 'forward', text: 'Forward pass' },
            { id: 'check', text: 'Check the gradient' },
          ],
          aliases: ['old-attention'],
        }),
        sampleTask('softmax', { title: '=SUM(A1) of a softmax' }),
        sampleTask('gone', { retired: true }),
      ],
      {
        title: 'Core skills',
        checkpoint: {
          id: 'phase1-check',
          title: 'Are your core skills ready?',
          criteria: [
            { id: 'from-scratch', question: 'Can you build attention?', levels, pass: 2, covers: {} },
            { id: 'papers', question: 'Can you read a paper | with tables?', levels, pass: 1, covers: {} },
          ],
        },
      },
    ),
    samplePhase('phase2', [sampleTask('probe', { kind: 'write' })], { title: 'The field' }),
  ],
  {
    revision: 'c0ffee',
    programs: [
      sampleProgram('fellows', '2026-12-31', { title: 'Fellows, with; signs' }),
      sampleProgram('monthly', '2027-02', {
        windows: [
          {
            name: 'Spring 2027',
            opens: '2027-01',
            closes: '2027-02',
            status: 'expected',
            as_of: '2026-11-05',
            source: 'https://example.org/a',
            note: 'Guessed from last year',
          },
        ],
      }),
      sampleProgram('past', '2026-10-01'),
      sampleProgram('retired', '2027-01-01', { retired: true }),
    ],
  },
);
