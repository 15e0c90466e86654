import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { allChecks, startingCheck } from '../checks/index.ts';
import { option, optionalOperand, optionOr, text, type Values } from '../command-line/index.ts';
import type { ReadingContext } from '../context/index.ts';
import { ReportedError, UsageError } from '../diagnostic/index.ts';
import { startingExpectation } from '../expectation/index.ts';
import { makeDirectory } from '../files/index.ts';
import { startingComponent, startingFlavour } from '../flavour/index.ts';
import { sourceDirectories } from '../places/index.ts';
import { checkoutOnly } from './checkout-only.ts';
import { flavour } from './common-flags.ts';

export const name = 'new';
export const help = {
  summary: 'write a commented flavour of your own into the directory of --dir',
  more: 'or with `--component`, `--check` and `--expect` one of these',
};
export const flags = {
  flavour: optionalOperand(text('flavour'), 'its name'),
  from: optionOr(flavour, 'the flavour that it extends', 'headless'),
  component: option(text('name'), 'write a component instead, overlays/NAME/component.yaml in the directory of --dir'),
  check: option(text('name'), 'write a check instead, with its examples, into this checkout'),
  expect: option(text('file', 'files'), 'write what is expected of an image instead, for `test FILE --expect`'),
};

/**
 * Writes a commented flavour that extends another, or a component, into the user's first directory, which is made where it
 * is not there; or a check into the checkout. Nothing that is there is overwritten.
 * @throws ReportedError when the name is taken or `from` does not exist
 */
export function run(asked: Values<typeof flags>, context: ReadingContext): void {
  const { flavour: name, component, check, expect } = asked;
  const names = [name, component, check, expect].filter((given) => given !== undefined);
  if (names.length !== 1) {
    throw usage(
      'say the name of one: a flavour, --component NAME, --check NAME or --expect FILE',
      'phyllome new --help',
    );
  }
  if (check !== undefined) newCheck(check, context);
  if (expect !== undefined) newExpectation(expect, context);
  if (component !== undefined) newComponent(component, context);
  if (name !== undefined) newFlavour(name, asked.from, context);
}

function newFlavour(name: string, from: string, context: ReadingContext): void {
  const { checkout, user } = context.places;
  const directory = directoryFor(`phyllome new ${name} --from ${from}`, 'flavours', context);
  const { text: content, diagnostics } = startingFlavour({
    name,
    from,
    directories: sourceDirectories(checkout, user),
    schema: schemaFor('flavour', path.join(directory, 'flavours'), context),
  });
  if (content === undefined) throw new ReportedError(diagnostics);
  writeNew(path.join(directory, 'flavours', `${name}.yaml`), content, context);
  context.say(`edit it, then see what it changes:  phyllome --dir ${near(directory)} diff ${from} ${name}`);
}

function newComponent(name: string, context: ReadingContext): void {
  const { checkout, user } = context.places;
  const directory = directoryFor(`phyllome new --component ${name}`, 'components', context);
  const { text: content, diagnostics } = startingComponent({
    name,
    directories: sourceDirectories(checkout, user),
    schema: schemaFor('component', path.join(directory, 'overlays', name), context),
  });
  if (content === undefined) throw new ReportedError(diagnostics);
  writeNew(path.join(directory, 'overlays', name, 'component.yaml'), content, context);
  context.say(`its files go into rootfs/ beside it; a flavour has it by  components: {add: [${name}]}`);
}

function newCheck(id: string, context: ReadingContext): void {
  checkoutOnly('phyllome new --check');
  const { checkout } = context.places;
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) {
    throw usage(`\`${id}\` cannot be a check's name`, 'lower-case letters, digits and single `-`, such as `my-check`');
  }
  const files = { check: `scripts/checks/${id}.ts`, examples: `test/checks/examples/${id}.ts` };
  const isThere = Object.values(files).some((file) => existsSync(path.join(checkout, file)));
  if (isThere || allChecks.some((check) => check.id === id)) {
    throw usage(`there is a check \`${id}\` already`, '`phyllome checks` lists them');
  }
  const { check, examples, exported } = startingCheck(id);
  writeNew(path.join(checkout, files.check), check, context);
  writeNew(path.join(checkout, files.examples), examples, context);
  context.say(
    `list them:  ${exported.check} in scripts/checks/index.ts, ${exported.examples} in test/checks/examples/index.ts, and its name in kickstarts/schema/shared.schema.json`,
  );
}

function newExpectation(file: string, context: ReadingContext): void {
  if (existsSync(file)) throw usage(`${file} is there already`, 'Choose another name, or edit that one.', 'name-taken');
  const schema = path.join(context.places.checkout, 'scripts/expectation/expectation.schema.json');
  writeNew(file, startingExpectation(schema), context);
  context.say(`edit it, then:  phyllome test FILE --expect ${file}`);
}

/** From the checkout itself by a path that holds in every clone of it. */
function schemaFor(kind: string, folder: string, { places: { checkout } }: ReadingContext): string {
  const file = path.join(checkout, `kickstarts/schema/${kind}.schema.json`);
  return folder.startsWith(`${checkout}${path.sep}`) ? path.relative(folder, file) : file;
}

function directoryFor(command: string, what: string, { places }: ReadingContext): string {
  const [directory] = places.user;
  if (directory === undefined)
    throw usage(`say where your ${what} are to lie`, `${command} --dir my-${what}`, 'no-directory');
  return directory;
}

function writeNew(file: string, content: string, { print }: ReadingContext): void {
  makeDirectory(path.dirname(file));
  // `wx`: somebody's own file is never overwritten, not even in a race.
  writeFileSync(file, content, { flag: 'wx' });
  print(file);
}

const near = (directory: string): string => path.relative(process.cwd(), directory) || '.';

function usage(message: string, hint: string, code = 'usage'): UsageError {
  return new UsageError({ code, severity: 'error', message, hint });
}
