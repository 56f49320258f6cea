/** The curriculum that `aisafe curriculum new` writes: small, valid, and commented, so that it explains the format. */
export function exampleFiles(id: string): Readonly<Record<string, string>> {
  return {
    'curriculum.yaml': `# yaml-language-server: $schema=./schema/curriculum.schema.json
# What the curriculum is called and which phases it has, in order. Check it with: aisafe curriculum lint .
format: 1
id: ${id}
title: An example curriculum
version: 0.1.0
summary: >-
  Two or three sentences on whom it is for and where it leads.
# Tracks are optional. A task without \`tracks\` serves all of them.
tracks:
  - id: theory
    title: Theory
    summary: For those who want to know why it works.
  - id: practice
    title: Practice
    summary: For those who want to make it work.
# Each phase is a file of this name in phases/.
phases: [first-steps]
# The focus questionnaire is optional too: it recommends a track.
focus:
  intro: One question is enough to begin with.
  questions:
    - id: free-evening
      prompt: What would you do with a free evening?
      options:
        - { id: prove, text: Work through a proof, scores: { theory: 3, practice: 0 }, because: like to work through proofs }
        - { id: build, text: Build something, scores: { theory: 0, practice: 3 }, because: like to build things }
`,
    'phases/first-steps.yaml': `# yaml-language-server: $schema=../schema/phase.schema.json
# A phase: modules, tasks, steps, and a checkpoint at the end. An id is yours to choose, lower case with hyphens, unique
# over the whole curriculum, and stays for ever: titles, order and text may change, ids may not.
id: first-steps
title: First steps
summary: From nothing to a gradient that you can trust.
modules:
  - id: derivatives
    title: Derivatives
    summary: What a derivative is, and how to check one.
    tasks:
      - id: read-about-derivatives
        title: Read about derivatives
        kind: read               # read | watch | course | practise | build | write | community | apply
        minutes: [30, 60]        # an honest low and high
        importance: 4            # 1-5; 5: nobody should leave it out
        difficulty: 1            # 1-5
        concepts: [slope]        # what it teaches, from concepts.yaml
        why: Everything after this changes one thing a little and looks at what happens to another.
        resources: [wikipedia-derivative]   # what to work from, from resources.yaml, best first
      - id: build-gradient-check
        title: Check a derivative with finite differences
        kind: build
        minutes: [60, 120]
        importance: 5
        difficulty: 2
        requires: [read-about-derivatives]  # tasks that come first
        concepts: [finite-difference]
        why: You can find your own mistakes in every gradient that you will ever write.
        steps:                   # a checklist: each step one action that can be checked
          - { id: formula, text: Write the derivative of a function of your choice by hand }
          - { id: numeric, text: Compute the same with a small difference }
          - { id: compare, text: Plot the error against the size of the difference and explain its shape }
        evidence: { expected: [commit], prompt: Link the commit that holds the check }
      - id: write-explanation
        title: Explain why a smaller difference is not always better
        kind: write
        minutes: [30, 60]
        importance: 3
        difficulty: 2
        optional: true
        tracks: [theory]
        requires: [build-gradient-check]
        concepts: [finite-difference]
        why: What you can explain to someone else you have understood.
        steps:
          - { id: draft, text: Write half a page for a friend }
          - { id: revise, text: Ask the friend what was unclear and mend it }
checkpoint:
  id: first-steps-check
  title: First steps
  summary: Can you trust your own gradients?
  criteria:
    - id: checks-a-gradient
      question: Can you check a gradient without looking anything up?
      levels:                    # exactly four, each something that another person could observe
        - "Not yet: I would not know where to begin"
        - With notes open
        - Unaided, for a function of one variable
        - Unaided, and I can say how small the difference should be
      pass: 2                    # the lowest level that passes, counted from 0
      evidence: [commit, note]   # commit | url | file | note
      covers: { tasks: [build-gradient-check], concepts: [slope, finite-difference] }
`,
    'concepts.yaml': `# yaml-language-server: $schema=./schema/concepts.schema.json
# The vocabulary. \`requires\` names the concepts that come first.
- id: slope
  name: Slope of a function
  meaning: How much the output of a function changes when its input changes a little.
- id: finite-difference
  name: Finite difference
  meaning: An approximation of the slope from the values of a function at two points close to each other.
  requires: [slope]
`,
    'resources.yaml': `# yaml-language-server: $schema=./schema/resources.schema.json
# Every link once. \`checked\` is the day on which you last opened it.
- id: wikipedia-derivative
  title: Derivative
  by: Wikipedia contributors
  type: article                  # article | paper | book | course | video | tutorial | code | tool | forum | program
  url: https://en.wikipedia.org/wiki/Derivative
  cost: free                     # free | paid | mixed
  minutes: [20, 40]
  phases: [first-steps]
  checked: 2026-11-23
  note: Read the introduction and the definition; the rest can wait.
`,
  };
}
