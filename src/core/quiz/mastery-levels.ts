/** The levels of mastery of a concept and the rule for each, for help and views: nothing else is loaded with them. */

/** From the least to the most. */
export const masteryLevels = ['unseen', 'seen', 'practised', 'recalled', 'applied', 'explained'] as const;
export type MasteryLevel = (typeof masteryLevels)[number];

/** The rule in words; `conceptMastery` follows it. */
export const masteryRule: Readonly<Record<MasteryLevel, string>> = {
  unseen: 'nothing was done about it yet',
  seen: 'a question on it was answered, or a task or lab on it was begun or is known already',
  practised: 'at least two of its questions, and at least half of those answered, were right last time',
  recalled: 'practised, one of them right again after it had come back, and estimated recall today is at least 80 %',
  applied:
    'a task that teaches it, and is more than reading, watching or a course, is done, or a lab that uses it is passed unaided',
  explained: 'a written explanation made its points, or a criterion that covers it is passed with evidence that holds',
};
