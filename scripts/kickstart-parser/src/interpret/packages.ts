import type { Span } from '../diagnostic.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import type { GivenOption } from '../model/entry.ts';
import type { GroupEntry, PackageEntry, PackageFlags, PackageSelection } from '../model/model.ts';
import type { SourceText } from '../source/source-text.ts';
import type { Section } from '../syntax/tree.ts';
import type { Findings } from './findings.ts';
import { readGroup } from './group-line.ts';
import { type PackageLine, packageLines } from './package-lines.ts';
import { readHeader } from './section-header.ts';

/** Adds up the `%packages` sections of a kickstart. */
export class PackageReader {
  readonly #source: SourceText;
  readonly #version: KickstartVersion;
  readonly #findings: Findings;
  #flags: PackageFlags | undefined;
  #environment: PackageEntry | undefined;
  readonly #given: GivenOption[] = [];
  readonly #headerSpans: Span[] = [];
  readonly #groups = new Map<string, GroupEntry>();
  readonly #packages = new Map<string, PackageEntry>();
  readonly #excludedPackages = new Map<string, PackageEntry>();
  readonly #excludedGroups: PackageEntry[] = [];

  constructor(source: SourceText, version: KickstartVersion, findings: Findings) {
    this.#source = source;
    this.#version = version;
    this.#findings = findings;
  }

  read(section: Section): void {
    const header = readHeader(section.header, section.name, this.#version, this.#findings);
    if (header !== undefined) {
      this.#headerSpans.push(section.header.span);
      for (const option of header.given) this.#given.push(option);
      this.#readFlags(header.values as Partial<PackageFlags>, section.header.span);
    }
    for (const line of packageLines(this.#source, section)) this.#readLine(line);
  }

  /** Undefined when there was no `%packages` section. */
  result(): PackageSelection | undefined {
    if (this.#flags === undefined) return undefined;
    return {
      ...(this.#environment === undefined ? {} : { environment: this.#environment }),
      groups: [...this.#groups.values()],
      packages: [...this.#packages.values()],
      excludedPackages: [...this.#excludedPackages.values()],
      excludedGroups: this.#excludedGroups,
      flags: this.#flags,
      given: this.#given,
      headerSpans: this.#headerSpans,
    };
  }

  #readFlags(values: Partial<PackageFlags>, span: Span): void {
    const instLangs = values.instLangs ?? this.#flags?.instLangs;
    const flags: PackageFlags = {
      defaultPackages: values.defaultPackages === true || this.#flags?.defaultPackages === true,
      excludedocs: values.excludedocs ?? false,
      excludeWeakdeps: values.excludeWeakdeps ?? false,
      ignorebroken: values.ignorebroken ?? false,
      ignoremissing: values.ignoremissing ?? false,
      multiLib: values.multiLib ?? false,
      nocore: values.nocore ?? false,
      ...(instLangs === undefined ? {} : { instLangs }),
      ...(values.retries === undefined ? {} : { retries: values.retries }),
      ...(values.timeout === undefined ? {} : { timeout: values.timeout }),
    };
    if (values.defaultPackages === true && flags.nocore) {
      this.#findings.error('section-rule', '--default and --nocore exclude each other', span);
      return;
    }
    this.#flags = flags;
  }

  #readLine(line: PackageLine): void {
    const { text } = line;
    const span = this.#source.span(line.start, line.end);
    if (/^%ksappend\b/.test(text)) {
      this.#findings.warn('section-rule', 'The installer takes %ksappend for a package here', span, {
        hint: 'Use %include.',
      });
    }
    if (text.startsWith('-@')) this.#excludeGroup(text.slice(2), span);
    else if (text.startsWith('@')) this.#addGroup(line, span);
    else if (text === '-') this.#findings.error('section-rule', '"-" excludes nothing: a name is missing', span);
    else if (text.startsWith('-')) {
      const name = text.slice(1);
      this.#packages.delete(name);
      addOnce(this.#excludedPackages, { name, span });
    } else {
      this.#excludedPackages.delete(text);
      addOnce(this.#packages, { name: text, span });
    }
  }

  #addGroup(line: PackageLine, span: Span): void {
    if (line.text.startsWith('@^')) {
      this.#environment = { name: line.text.slice(2), span };
      return;
    }
    const group = readGroup(this.#source, line);
    if ('problem' in group) this.#findings.error('section-rule', group.problem, span);
    else addOnce(this.#groups, { ...group, span });
  }

  #excludeGroup(name: string, span: Span): void {
    if (this.#environment !== undefined && name === `^${this.#environment.name}`) {
      this.#environment = undefined;
      return;
    }
    this.#groups.delete(name);
    this.#excludedGroups.push({ name, span });
  }
}

function addOnce<T extends PackageEntry>(entries: Map<string, T>, entry: T): void {
  if (!entries.has(entry.name)) entries.set(entry.name, entry);
}
