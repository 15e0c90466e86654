import type { Diagnostic } from '../diagnostic.ts';
import { removeLine, replaceAt } from '../edit/fix.ts';
import type { KickstartVersion } from '../grammar/version.ts';
import type { CommandModel } from '../model/command-values.ts';
import type { Addon, Certificate, KickstartModel, Script } from '../model/model.ts';
import { isUtf16 } from '../source/bytes.ts';
import { strip } from '../source/whitespace.ts';
import {
  type Document,
  type DocumentNode,
  type IncludeLine,
  SECTION_NAMES,
  type Section,
  type StrayDirective,
} from '../syntax/tree.ts';
import { COLLECTING_COMMANDS } from './collecting-commands.ts';
import { CommandReader } from './command-reader.ts';
import { CommandState } from './command-state.ts';
import { Findings } from './findings.ts';
import { PackageReader } from './packages.ts';
import { reportQuoting } from './report-arguments.ts';
import { readAddon, readCertificate, readScript } from './sections.ts';
import { allClosest, didYouMean } from './suggest.ts';
import { swallowsCommands } from './swallowed.ts';

/** What a kickstart means and what is wrong with it. */
export interface Interpretation {
  readonly model: KickstartModel;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a document in the syntax of a release. `validate` and `model` are the two halves of the answer. */
export function interpret(document: Document, version: KickstartVersion): Interpretation {
  return new Interpreter(document, version).run();
}

class Interpreter {
  readonly #document: Document;
  readonly #version: KickstartVersion;
  readonly #findings = new Findings();
  readonly #state = new CommandState();
  readonly #commands: CommandReader;
  readonly #packages: PackageReader;
  readonly #scripts: Script[] = [];
  readonly #addons: Addon[] = [];
  readonly #certificates: Certificate[] = [];
  #platform: string | undefined;
  /** The kind of the last node that is neither blank nor a comment. */
  #before: DocumentNode['kind'] | undefined;

  constructor(document: Document, version: KickstartVersion) {
    this.#document = document;
    this.#version = version;
    this.#commands = new CommandReader(version, this.#state, this.#findings);
    this.#packages = new PackageReader(document.source, version, this.#findings);
  }

  run(): Interpretation {
    this.#checkEncoding();
    // None of its lines can be read: what is wrong is told once.
    for (const node of isUtf16(this.#document.source.text) ? [] : this.#document.nodes) {
      this.#read(node);
      if (node.kind !== 'blank' && node.kind !== 'comment') this.#before = node.kind;
    }
    const packages = this.#packages.result();
    const model: KickstartModel = {
      version: this.#version,
      commands: commandModel(this.#state),
      present: this.#state.present,
      ...(packages === undefined ? {} : { packages }),
      scripts: this.#scripts,
      addons: this.#addons,
      certificates: this.#certificates,
      ...(this.#platform === undefined ? {} : { platform: this.#platform }),
    };
    return { model, diagnostics: this.#findings.list };
  }

  /** The installer stops at the first byte that is no UTF-8; `decode` kept each as half of a surrogate pair. */
  #checkEncoding(): void {
    const { source } = this.#document;
    const at = source.text.search(/[\udc80-\udcff]/u);
    if (at < 0) return;
    const byte = (source.text.charCodeAt(at) - 0xdc00).toString(16).toUpperCase();
    const message = isUtf16(source.text) ? 'The file is UTF-16 and not UTF-8' : `Byte ${byte} is no UTF-8`;
    this.#findings.error('not-utf-8', message, source.span(at, at + 1), {
      hint: 'Save the file as UTF-8.',
    });
  }

  #read(node: DocumentNode): void {
    switch (node.kind) {
      case 'command':
        this.#commands.read(node);
        break;
      case 'section':
        this.#readSection(node);
        break;
      case 'include':
        this.#checkInclude(node);
        break;
      case 'stray':
        this.#reportStray(node);
        break;
      case 'comment':
        this.#readPlatform(node.text);
        break;
      default:
    }
  }

  /** Of several remarks about the platform the last holds, even if it is empty. */
  #readPlatform(comment: string): void {
    const start = '#platform=';
    if (comment.startsWith(start)) this.#platform = strip(comment.slice(start.length)) || undefined;
  }

  #readSection(section: Section): void {
    if (!section.isKnown) {
      this.#reportUnknownSection(section);
      return;
    }
    for (const include of section.includes) this.#checkInclude(include);
    if (section.endLine === undefined) {
      const { source } = this.#document;
      const isLastLineOpen = section.end === source.lines.ends.at(-1);
      const end = `${isLastLineOpen ? '\n' : ''}%end\n`;
      const fix = replaceAt(source.span(section.end, section.end), 'Add %end before the next section', end);
      this.#findings.error('unterminated-section', `${section.name} is not closed by %end`, section.header.span, {
        ...(swallowsCommands(section, source, this.#version) ? { suggestions: [fix] } : { fix }),
      });
    } else if (section.endLine.quotingError !== undefined) {
      reportQuoting(section.endLine, this.#findings);
    }
    switch (section.name) {
      case '%packages':
        this.#packages.read(section);
        break;
      case '%addon':
      case '%anaconda':
        push(this.#addons, readAddon(section, this.#findings));
        break;
      case '%certificate':
        push(this.#certificates, readCertificate(section, this.#version, this.#findings));
        break;
      default:
        push(this.#scripts, readScript(section, this.#version, this.#findings));
    }
  }

  #checkInclude(include: IncludeLine): void {
    if (include.quotingError !== undefined) {
      reportQuoting(include, this.#findings);
      return;
    }
    if (include.path !== '') return;
    this.#findings.error('include-without-path', '%include needs the path of a file', include.span);
  }

  #reportStray(stray: StrayDirective): void {
    if (stray.name === '%end') {
      const fix = removeLine(stray);
      // Behind commands it may close a section whose first line is missing.
      const isSecond = this.#before === undefined || this.#before === 'section' || this.#before === 'stray';
      this.#findings.error('stray-end', 'This %end closes nothing', stray.span, {
        ...(isSecond ? { fix } : { suggestions: [fix] }),
      });
    } else {
      this.#reportUnknownSection({ name: stray.name, header: stray });
    }
  }

  #reportUnknownSection(section: {
    name: string;
    header: { words: Section['header']['words']; span: Section['span'] };
  }): void {
    const span = section.header.words[0]?.span ?? section.header.span;
    const guesses = allClosest(section.name, SECTION_NAMES);
    const fixes = guesses.map((guess) => replaceAt(span, `Replace by ${guess}`, guess));
    this.#findings.error('unknown-section', `There is no section ${section.name}`, span, {
      hint: didYouMean(guesses),
      ...(fixes.length === 1 ? { fix: fixes[0] } : { suggestions: fixes }),
    });
  }
}

function push<T>(list: T[], item: T | undefined): void {
  if (item !== undefined) list.push(item);
}

function commandModel(state: CommandState): CommandModel {
  const model: Record<string, unknown> = {};
  for (const name of COLLECTING_COMMANDS) model[name] = [];
  for (const [name, entries] of state.entries) {
    // The values become the entries of the model: copying them would double the time for large kickstarts.
    const typed = entries.map(({ values, ...origin }) => Object.assign(values, origin));
    model[name] = COLLECTING_COMMANDS.has(name) ? typed : typed[0];
  }
  // The generated types and the grammar that filled the values come from the same table.
  return model as unknown as CommandModel;
}
