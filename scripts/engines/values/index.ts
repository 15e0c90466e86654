export { explainValues, valueMissing } from './explain-values.ts';
export { type Question, type QuestionKind, questionsOf } from './questions.ts';
export { builderQuestions, valuesStage, valuesStep } from './values-stage.ts';
