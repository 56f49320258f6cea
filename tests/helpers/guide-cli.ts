import type { RunOptions } from './cli.js';
import { createCliWith, type InspectableCli } from './cli-with-curriculum.js';

const files: Readonly<Record<string, string>> = {
  'curriculum.yaml': `format: 1
id: guide
title: A small guide
version: "1"
tracks:
  - { id: left, title: Left hand, summary: What the left does., choose_if: You like the left. }
  - { id: right, title: Right hand, summary: What the right does. }
phases: [warm-up, phase1, phase2]
focus:
  intro: Two questions about hands.
  questions:
    - id: hand
      prompt: Which hand do you write with?
      options:
        - { id: l, text: The left, scores: { left: 3, right: 0 }, because: write with the left hand }
        - { id: r, text: The right, scores: { left: 0, right: 3 }, because: write with the right hand }
    - id: foot
      prompt: Which foot do you kick with?
      options:
        - { id: l, text: The left one, scores: { left: 3, right: 0 }, because: kick with the left foot }
        - { id: r, text: The right one, scores: { left: 0, right: 3 }, because: kick with the right foot }
        - { id: none, text: Neither of them, scores: { left: 1, right: 1 } }
`,
  'phases/warm-up.yaml': `id: warm-up
title: Warm-up
modules:
  - id: warming
    title: Warming
    tasks:
      - id: look-around
        title: Look around
        kind: read
        minutes: [20, 30]
        importance: 1
        difficulty: 1
        why: To know where things are.
        steps: [{ id: look-left, text: Look left }, { id: look-right, text: Look right }]
`,
  'phases/phase1.yaml': `id: phase1
title: Core skills
modules:
  - id: linear-algebra
    title: Linear algebra
    tasks:
      - id: watch-vectors
        title: Watch the films about vectors
        kind: watch
        minutes: [60, 120]
        minutes_from_scratch: [600, 1200]
        importance: 4
        difficulty: 2
        concepts: [vector]
        why: Everything later is made of vectors.
        resources: [vector-films, vector-book-2]
      - id: solve-systems
        title: Solve systems by elimination
        kind: practise
        minutes: [60, 120]
        minutes_from_scratch: [300, 600]
        importance: 3
        difficulty: 2
        requires: [watch-vectors]
        concepts: [vector]
        why: Elimination shows what a rank is.
        resources: [vector-book-2]
  - id: deep-learning
    title: Deep learning
    tasks:
      - id: build-regularisation
        title: Compare three kinds of regularisation
        kind: build
        minutes: [120, 240]
        importance: 5
        difficulty: 3
        concepts: [overfitting]
        why: You see overfitting come and go.
        steps: [{ id: weight-decay, text: Add weight decay }, { id: dropout, text: Add dropout }]
checkpoint:
  id: phase1-check
  title: Are your core skills ready?
  criteria:
    - id: gauss
      question: Can you solve a system of three equations by hand?
      levels: [No, With the book, Alone, And explain each step]
      pass: 2
      covers: { tasks: [solve-systems], concepts: [vector] }
`,
  'phases/phase2.yaml': `id: phase2
title: Later skills
modules:
  - id: left-things
    title: Left things
    tasks:
      - id: use-left-hand
        title: Use the left hand
        kind: practise
        minutes: [60, 60]
        importance: 3
        difficulty: 2
        tracks: [left]
        concepts: [overfitting]
        why: Left takes practice.
        resources: [left-paper]
`,
  'concepts.yaml': `- { id: vector, name: Vector, meaning: A list of numbers with a direction., aka: [arrow] }
- { id: overfitting, name: Overfitting, meaning: Learning the noise., requires: [vector] }
`,
  'resources.yaml': `- id: vector-films
  title: Films about vectors
  by: Grant
  year: 2016
  type: video
  url: https://example.org/films
  cost: free
  minutes: [60, 120]
  phases: [phase1]
  checked: 2026-11-01
  note: Watch one a day.
- id: vector-book
  title: The old vector book
  by: Gilbert
  year: 1993
  type: book
  url: https://example.org/book-1
  cost: paid
  phases: [phase1]
  checked: 2026-11-01
  status: superseded
  superseded_by: vector-book-2
- id: vector-book-2
  title: The new vector book
  by: Gilbert
  year: 2023
  type: book
  url: https://example.org/book-2
  cost: paid
  phases: [phase1]
  checked: 2026-11-01
- id: left-paper
  title: On the left hand
  by: Someone
  type: paper
  url: https://example.org/left
  cost: free
  tracks: [left]
  checked: 2026-11-01
  status: partly-superseded
- id: camp-page
  title: The camp
  by: Campers
  type: program
  url: https://example.org/camp-page
  cost: mixed
  checked: 2026-11-01
`,
  'programs.yaml': `- id: open-camp
  title: Open camp
  by: Campers
  type: camp
  url: https://example.org/camp
  where: London
  tracks: [left]
  asks: A letter and a commit
  prepares: One project that runs
  checkpoints: [phase1-check]
  checked: 2026-11-01
  resource: camp-page
  windows:
    - { name: Winter, opens: 2026-11-01, closes: 2026-12-01, starts: 2027-02, status: confirmed, as_of: 2026-11, source: https://example.org/camp }
    - { name: Summer, closes: 2026-05-01, status: reported, as_of: 2026-11, source: A tracker }
- id: next-course
  title: Next course
  by: Teachers
  type: course
  url: https://example.org/course
  checked: 2026-11-01
  windows:
    - { name: Spring, opens: 2026-12, status: expected, as_of: 2026-11, source: Earlier rounds }
- id: rolling-grant
  title: Rolling grant
  by: Givers
  type: grant
  url: https://example.org/grant
  checked: 2026-11-01
  rolling: true
  windows: []
- id: past-fellowship
  title: Past fellowship
  by: Fellows
  type: fellowship
  url: https://example.org/fellowship
  checked: 2026-11-01
  windows:
    - { name: "2026", closes: 2026-02, status: confirmed, as_of: 2026-11, source: https://example.org/fellowship }
`,
  'briefs.yaml': `- id: why-hands
  title: Why hands
  text: Because they reach.
`,
};

export type GuideCli = InspectableCli;

/** The program with a small curriculum that has tracks, a focus questionnaire, resources and programs. */
export function createGuideCli(defaults: RunOptions = {}): GuideCli {
  return createCliWith('guide', files, defaults);
}

/** Kinds and data of what the learner did, oldest first. */
export function history(
  cli: GuideCli,
): readonly { readonly kind: string; readonly subject: string; readonly data: unknown }[] {
  return cli.inspect((store) =>
    [...store.events()].slice(2).map(({ kind, subject, data }) => ({ kind, subject, data })),
  );
}
