export { asTyped, type Typed, typedProgram } from './as-typed.ts';
export { type Colours, coloursFor, noColours, terminalColours } from './colours.ts';
export { fileTrouble } from './file-trouble.ts';
export { inWorkspace } from './in-workspace.ts';
export { jsonDiagnostics } from './json.ts';
export { countLine, type PrettyOptions, prettyDiagnostics } from './pretty.ts';
export { reportFindings } from './report-findings.ts';
export { withoutSecrets } from './secrets.ts';
