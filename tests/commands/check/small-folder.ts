import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cli, RunOptions } from '../../helpers/cli.js';
import { createCliWith, type InspectableCli } from '../../helpers/cli-with-curriculum.js';

const files: Readonly<Record<string, string>> = {
  'curriculum.yaml': `format: 1
id: small
title: A small curriculum
version: "1"
phases: [warm-up, phase1]
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
        steps: [{ id: left, text: Look left }, { id: right, text: Look right }]
`,
  'phases/phase1.yaml': `id: phase1
title: Core skills
modules:
  - id: deep-learning
    title: Deep learning
    tasks:
      - id: read-about-softmax
        title: Read about the softmax
        kind: read
        minutes: [30, 40]
        importance: 3
        difficulty: 2
        concepts: [softmax]
        why: It is everywhere.
        resources: [softmax-page]
      - id: build-attention
        title: Build attention
        kind: build
        minutes: [120, 180]
        importance: 5
        difficulty: 3
        requires: [read-about-softmax]
        concepts: [attention]
        why: It is what transformers are made of.
        resources: [softmax-page]
      - id: train-model
        title: Train a small model
        kind: build
        minutes: [120, 240]
        importance: 4
        difficulty: 3
        concepts: [softmax]
        why: To have done it once.
        resources: [softmax-page]
checkpoint:
  id: phase1-check
  title: Are your core skills ready?
  criteria:
    - id: attention-from-scratch
      question: Can you implement attention from scratch?
      levels:
        - "Not yet: I would copy an implementation"
        - With notes open
        - Unaided, and my tests pass
        - I can explain every line and predict what breaks if it is removed
      pass: 2
      evidence: [commit, url, file]
      covers: { tasks: [build-attention], concepts: [attention] }
    - id: model-trained
      question: Have you trained a small model?
      levels: [Never, Once with help, Alone, Several and compared them]
      pass: 2
      covers: { tasks: [train-model], concepts: [softmax] }
    - id: papers-read
      question: Can you read a paper?
      levels: [No, The abstract, The whole of it, And find its faults]
      pass: 1
      evidence: [note]
      covers: { concepts: [softmax] }
`,
  'concepts.yaml': `- { id: softmax, name: Softmax, meaning: Turns scores into shares. }
- { id: attention, name: Attention, meaning: Mixes values by similarity., requires: [softmax] }
`,
  'resources.yaml': `- id: softmax-page
  title: The softmax
  by: Someone
  type: article
  url: https://example.org/softmax
  cost: free
  checked: "2026-11-01"
`,
  'programs.yaml': '[]\n',
  'briefs.yaml': '[]\n',
};

export type SmallCli = InspectableCli;

/** The program with a curriculum of two phases and one checkpoint of three criteria. */
export function createSmallCli(defaults: RunOptions = {}): SmallCli {
  return createCliWith('small', files, { ...defaults, env: { PATH: process.env.PATH ?? '', ...defaults.env } });
}

/** Writes a file into the learner's folder and gives its path. */
export function writeIn(cli: Cli, name: string, text: string): string {
  const path = join(cli.home, name);
  writeFileSync(path, text);
  return path;
}
