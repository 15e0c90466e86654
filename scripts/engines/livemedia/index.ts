export { checkKickstart } from './check-kickstart.ts';
export { checkMachine } from './check-machine.ts';
export { chooseRunner, describeRejected, judgeRunners } from './choose-runner.ts';
export { readMachineFacts } from './machine-facts.ts';
export { OUTPUTS, type Output, outputKinds } from './output.ts';
export { type LivemediaRequest, planLivemedia, workName } from './plan.ts';
export { configurationFor } from './runners/mock.ts';
export { RUNNERS, type RunnerId } from './runners/runner.ts';
export { watchCreator } from './watch-creator.ts';
