import type { KickstartVersion } from '../grammar/version.ts';
import type { Addon, Certificate, Script, ScriptSection } from '../model/model.ts';
import { strip } from '../source/whitespace.ts';
import type { Section } from '../syntax/tree.ts';
import type { Findings } from './findings.ts';
import { reportQuoting } from './report-arguments.ts';
import { readHeader } from './section-header.ts';

/** Reads a script section; undefined when its header is wrong or its body is empty. */
export function readScript(section: Section, version: KickstartVersion, findings: Findings): Script | undefined {
  const header = readHeader(section.header, section.name, version, findings);
  if (header === undefined || strip(section.body) === '') return undefined;
  const { values } = header;
  const name = section.name.slice(1) as ScriptSection;
  return {
    section: name,
    interpreter: String(values.interpreter ?? '/bin/sh'),
    chroot: name === 'post' && values.nochroot !== true,
    erroronfail: values.errorOnFail === true,
    ...(values.log === undefined ? {} : { log: String(values.log) }),
    body: section.body,
    bodySpan: section.bodySpan,
    headerSpan: section.header.span,
    lineno: section.header.span.start.line,
    given: header.given,
  };
}

/** Reads a section the kickstart language itself does not look into. */
export function readAddon(section: Section, findings: Findings): Addon | undefined {
  if (section.header.quotingError !== undefined) {
    reportQuoting(section.header, findings);
    return undefined;
  }
  return {
    section: section.name === '%addon' ? '%addon' : '%anaconda',
    args: section.header.args.map((word) => word.value),
    body: section.body,
    bodySpan: section.bodySpan,
    headerSpan: section.header.span,
  };
}

/** Reads a certificate; undefined when it is wrong. */
export function readCertificate(
  section: Section,
  version: KickstartVersion,
  findings: Findings,
): Certificate | undefined {
  const header = readHeader(section.header, section.name, version, findings);
  if (header === undefined) return undefined;
  const { filename, dir, type } = header.values;
  const span = section.header.span;
  if (!dir && !type) {
    findings.error('missing-required', '%certificate needs --dir or --type', span);
    return undefined;
  }
  if (strip(section.body) === '') {
    findings.error('section-rule', 'The certificate is empty', span);
    return undefined;
  }
  return {
    filename: String(filename),
    ...(!dir ? {} : { dir: String(dir) }),
    ...(!type ? {} : { type: String(type) }),
    body: section.body,
    bodySpan: section.bodySpan,
    headerSpan: span,
  };
}
