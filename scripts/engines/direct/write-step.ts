import { type Step, writeInputTo } from '../../plan/index.ts';

/** Writes `content` to the file `target`. `file`: one that holds the same, for a content that is too long to be printed in a plan. */
export function writeStep(id: string, title: string, target: string, content: string, file?: string): Step {
  return {
    id,
    title,
    argv: writeInputTo(target),
    stdin: content,
    ...(file !== undefined && { stdinFile: file }),
    needs: [],
  };
}
