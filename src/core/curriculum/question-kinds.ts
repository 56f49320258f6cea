/** The kinds of question; in a file of its own so that the command line can name them without loading the validator. */
export const questionKinds = ['choice', 'multi', 'number', 'text', 'cloze', 'order', 'match', 'explain'] as const;

export type QuestionKind = (typeof questionKinds)[number];
