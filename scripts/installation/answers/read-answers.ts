import { KICKSTART_VERSIONS, type KickstartModel, LATEST_VERSION, model, parse, validate } from 'kickstart-parser';
import type { Diagnostic } from '../../diagnostic/index.ts';

export interface ReadAnswers {
  readonly model: KickstartModel;
  readonly findings: readonly Diagnostic[];
}

/** Reads an answer file: a kickstart, by the same parser and in the same syntax as flavours. `file`: how findings name it. */
export function readAnswers(text: string, file: string, version = LATEST_VERSION): ReadAnswers {
  const known = KICKSTART_VERSIONS.find((one) => one === version) ?? LATEST_VERSION;
  const document = parse(text, { file });
  const includes = document.nodes
    .flatMap((node) => (node.kind === 'include' ? [node] : node.kind === 'section' ? node.includes : []))
    .map(
      ({ span }): Diagnostic => ({
        code: 'unsupported-include',
        severity: 'error',
        message: 'this installer reads one file: %include is not followed',
        span,
        hint: 'Flatten it first: `kickstart-parser flatten FILE`.',
      }),
    );
  const lines = text.split('\n');
  const findings = validate(document, known)
    .filter(({ severity }) => severity === 'error')
    .map((finding) => (isSecret(lines[(finding.span?.start.line ?? 0) - 1] ?? '') ? concealed(finding) : finding));
  return { model: model(document, known), findings: [...findings, ...includes] };
}

/** A part of a passphrase that was not quoted counts as a word too many, and would be shown. */
function isSecret(line: string): boolean {
  return /pass(word|phrase)|^\s*(rootpw|sshpw)\b/.test(line);
}

function concealed({ code, severity, span }: Diagnostic): Diagnostic {
  const message = `this line is not understood (${code}); its words are not shown, because one of them is a secret`;
  return { code, severity, message, ...(span && { span }), hint: 'A passphrase with spaces stands in double quotes.' };
}
