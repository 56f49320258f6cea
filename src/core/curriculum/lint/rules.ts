import { aliasClash } from './alias-clash.js';
import { badDraw } from './bad-draw.js';
import { badExpression } from './bad-expression.js';
import { badRegex } from './bad-regex.js';
import { clozeBlanks } from './cloze-blanks.js';
import { conceptOrder } from './concept-order.js';
import { correctOptions } from './correct-options.js';
import { cyclicReference } from './cyclic-reference.js';
import { duplicateId } from './duplicate-id.js';
import { duplicateReference } from './duplicate-reference.js';
import { duplicateUrl } from './duplicate-url.js';
import { emptyCriterion } from './empty-criterion.js';
import { emptyTask } from './empty-task.js';
import { fewQuestions } from './few-questions.js';
import { focusScores } from './focus-scores.js';
import { gradedOpinion } from './graded-opinion.js';
import { labChecks } from './lab-checks.js';
import { labFileName } from './lab-file-name.js';
import { labFunctions } from './lab-functions.js';
import { labHints } from './lab-hints.js';
import { labMissingFile } from './lab-missing-file.js';
import { labMutants } from './lab-mutants.js';
import { labPredictions } from './lab-predictions.js';
import { labProves } from './lab-proves.js';
import { labStrayFile } from './lab-stray-file.js';
import { laterPhase } from './later-phase.js';
import { longestOption } from './longest-option.js';
import { minutesFromScratch } from './minutes-from-scratch.js';
import { missingBecause } from './missing-because.js';
import { missingChecked } from './missing-checked.js';
import { numberTolerance } from './number-tolerance.js';
import { oneSpelling } from './one-spelling.js';
import { placeholderText } from './placeholder-text.js';
import { programWithoutWindow } from './program-without-window.js';
import { quizCount } from './quiz-count.js';
import { renamedReference } from './renamed-reference.js';
import { retiredReference } from './retired-reference.js';
import { rubricSize } from './rubric-size.js';
import type { Rule } from './rule.js';
import { sameOptions } from './same-options.js';
import { shortExplanation } from './short-explanation.js';
import { similarQuestion } from './similar-question.js';
import { singleStep } from './single-step.js';
import { supersededResource } from './superseded-resource.js';
import { trailingSpace } from './trailing-space.js';
import { undatedClaim } from './undated-claim.js';
import { unknownReference } from './unknown-reference.js';
import { unreachableTask } from './unreachable-task.js';
import { unsafeUrl } from './unsafe-url.js';
import { untaughtConcept } from './untaught-concept.js';
import { untaughtCriterion } from './untaught-criterion.js';
import { unusedLab } from './unused-lab.js';
import { unusedParameter } from './unused-parameter.js';
import { unusedResource } from './unused-resource.js';
import { windowOrder } from './window-order.js';

/** The registry: a new rule is one file, and one line here. */
export const rules: readonly Rule[] = [
  duplicateId,
  aliasClash,
  unknownReference,
  renamedReference,
  duplicateReference,
  retiredReference,
  cyclicReference,
  laterPhase,
  unreachableTask,
  conceptOrder,
  untaughtConcept,
  emptyTask,
  singleStep,
  minutesFromScratch,
  duplicateUrl,
  unsafeUrl,
  missingChecked,
  unusedResource,
  supersededResource,
  windowOrder,
  programWithoutWindow,
  emptyCriterion,
  untaughtCriterion,
  focusScores,
  correctOptions,
  sameOptions,
  missingBecause,
  longestOption,
  shortExplanation,
  numberTolerance,
  badExpression,
  badDraw,
  unusedParameter,
  oneSpelling,
  badRegex,
  clozeBlanks,
  rubricSize,
  gradedOpinion,
  undatedClaim,
  similarQuestion,
  fewQuestions,
  quizCount,
  labMissingFile,
  labStrayFile,
  labFileName,
  labFunctions,
  labHints,
  labChecks,
  labMutants,
  labPredictions,
  labProves,
  unusedLab,
  trailingSpace,
  placeholderText,
];
