export { explainValues, valueMissing } from './explain-values.ts';
export {
  groupsOfPackages,
  type Question,
  type QuestionKind,
  questionsOf,
  templateOf,
  unitsOfPackages,
} from './questions.ts';
export { builderQuestions, valuesStage, valuesStep } from './values-stage.ts';
