import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Parser from '@actions/workflow-parser';
import type * as ActionParser from '@actions/workflow-parser/actions/action-parser';
import { build } from 'esbuild';
import { checkout } from '../render/shipped.ts';

type Both = Pick<typeof Parser, 'convertWorkflowTemplate' | 'NoOperationTraceWriter' | 'parseWorkflow'> &
  Pick<typeof ActionParser, 'parseAction'>;

/** GitHub's own parser of workflows and actions, bundled: it imports JSON as only bundlers do. */
export async function githubParser(): Promise<Both> {
  const directory = mkdtempSync(path.join(tmpdir(), 'github-parser-'));
  const outfile = path.join(directory, 'parser.mjs');
  try {
    await build({
      stdin: {
        contents: [
          "export { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';",
          "export { parseAction } from '@actions/workflow-parser/actions/action-parser';",
        ].join('\n'),
        resolveDir: checkout,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      // Packages of CommonJS inside ask for Node's own modules.
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('/');" },
      logLevel: 'error',
    });
    return (await import(pathToFileURL(outfile).href)) as Both;
  } finally {
    await rm(directory, { recursive: true });
  }
}
