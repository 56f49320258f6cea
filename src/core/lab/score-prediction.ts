import type { Prediction } from '../curriculum/model.js';
import type { MeasuredMetric, PredictionAnswer, ScoredPrediction } from '../progress/lab-event.js';
import type { MadePrediction } from '../progress/lab-state.js';

/** Was a prediction right about this value? “I don't know” never is. */
export function isRight({ within }: Prediction, answer: PredictionAnswer, actual: number): boolean {
  switch (answer.type) {
    case 'number':
      return Math.abs(answer.value - actual) <= within;
    case 'direction':
      return answer.direction === directionOf(actual, within);
    case 'unknown':
      return false;
  }
}

/** @param within how near to zero still is “same”. */
function directionOf(value: number, within: number): 'up' | 'down' | 'same' {
  if (Math.abs(value) <= within) return 'same';
  return value > 0 ? 'up' : 'down';
}

/** Scores what was predicted and not scored yet by the metrics of a pass; what was not measured stays open. */
export function scorePredictions(
  predictions: readonly Prediction[],
  made: Readonly<Record<string, MadePrediction>>,
  metrics: readonly MeasuredMetric[],
): readonly ScoredPrediction[] {
  return predictions.flatMap((prediction) => {
    const mine = made[prediction.id];
    const actual = metrics.find(({ name }) => name === prediction.metric)?.value;
    if (!mine || mine.scored || actual === undefined) return [];
    return [{ prediction: prediction.id, right: isRight(prediction, mine.answer, actual), actual }];
  });
}
