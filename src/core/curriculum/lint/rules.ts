import { aliasClash } from './alias-clash.js';
import { conceptOrder } from './concept-order.js';
import { cyclicReference } from './cyclic-reference.js';
import { duplicateId } from './duplicate-id.js';
import { duplicateReference } from './duplicate-reference.js';
import { duplicateUrl } from './duplicate-url.js';
import { emptyCriterion } from './empty-criterion.js';
import { emptyTask } from './empty-task.js';
import { focusScores } from './focus-scores.js';
import { laterPhase } from './later-phase.js';
import { minutesFromScratch } from './minutes-from-scratch.js';
import { missingChecked } from './missing-checked.js';
import { placeholderText } from './placeholder-text.js';
import { programWithoutWindow } from './program-without-window.js';
import { renamedReference } from './renamed-reference.js';
import { retiredReference } from './retired-reference.js';
import type { Rule } from './rule.js';
import { singleStep } from './single-step.js';
import { supersededResource } from './superseded-resource.js';
import { trailingSpace } from './trailing-space.js';
import { unknownReference } from './unknown-reference.js';
import { unreachableTask } from './unreachable-task.js';
import { unsafeUrl } from './unsafe-url.js';
import { untaughtConcept } from './untaught-concept.js';
import { untaughtCriterion } from './untaught-criterion.js';
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
  trailingSpace,
  placeholderText,
];
