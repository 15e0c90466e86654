import { inWords } from '../command-line/index.ts';
import type { Context } from '../context/index.ts';
import { type Diagnostic, ReportedError, type Span, UsageError } from '../diagnostic/index.ts';
import type { AskedOutput, EngineLeaf } from '../engines/engine/index.ts';
import type { Asked } from '../flavour/index.ts';
import { resolveOne } from '../prepare/index.ts';

/**
 * What an engine is to make: what `--output` says, else what the flavour says. Empty where neither does. Of an engine that makes
 * one thing only nobody asks for another.
 * @throws UsageError for what it does not make, or not together, on the command line; ReportedError at the flavour's line
 */
export function askedOutputs(
  engine: EngineLeaf,
  request: Asked & { readonly flavour: string; readonly values: Readonly<Record<string, unknown>> },
  context: Context,
): readonly AskedOutput[] {
  if (!('output' in engine.options)) return [];
  const typed = request.values.output as readonly string[] | undefined;
  const said = typed === undefined ? resolveOne(request.flavour, request, context).flavour.outputs : undefined;
  const asked = typed ?? said?.value ?? [];
  const found = asked.flatMap((id) => {
    const output = engine.outputs.find((one) => one.id === id);
    return output === undefined ? [] : [{ ...output, ...(said && { at: said.at }) }];
  });
  const findings = [
    ...asked.filter((id) => !found.some((one) => one.id === id)).map((id) => notMade(id, engine)),
    ...notTogether(found, engine),
  ].map((finding) => at(finding, said?.at));
  if (findings.length === 0) return found;
  throw said === undefined ? new UsageError(findings) : new ReportedError(findings);
}

function notMade(id: string, { id: engine, outputs }: EngineLeaf): Diagnostic {
  return {
    code: 'output-not-made',
    severity: 'error',
    message: `the engine ${engine} does not make the output ${id}`,
    hint: `It makes ${inWords(outputs.map((one) => one.id))}.`,
  };
}

function notTogether(found: readonly AskedOutput[], { id, makesSeveral }: EngineLeaf): readonly Diagnostic[] {
  const [first, ...others] = found;
  if (first === undefined || others.length === 0) return [];
  const names = inWords(found.map((one) => one.id)).replace(' or ', ' and ');
  const hint = `Ask for one at a time, such as \`--output ${first.id}\`.`;
  const refused = (message: string): readonly Diagnostic[] => [
    { code: 'outputs-not-together', severity: 'error', message, hint },
  ];
  if (makesSeveral !== true) return refused(`the engine ${id} makes one output at a time, not ${names}`);
  const isMixed = others.some(({ purpose }) => purpose !== first.purpose);
  return isMixed ? refused(`${names} are made from different kickstarts`) : [];
}

function at(finding: Diagnostic, span: Span | undefined): Diagnostic {
  return span === undefined ? finding : { ...finding, span };
}
