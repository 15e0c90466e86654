export { toolsStage } from './tools-stage.ts';
