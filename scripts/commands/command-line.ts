import { Command } from 'commander';
import { build } from './build.ts';
import type { Context } from './context.ts';
import { list } from './list.ts';
import { render } from './render.ts';
import { test } from './test.ts';

/** The commands, their options and their help. Each command is loaded from a file of its own. */
export function commandLine(context: Context): Command {
  const program = new Command('phyllome')
    .description('Builds and boot-tests Phyllome OS images.')
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true });
  const flavourCommand = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument('<flavour>', 'see `phyllome list`')
      .option('--base <base>', 'distribution and release, such as debian-13');

  program
    .command('list')
    .description('flavours, components and bases')
    .action(() => list(context));
  flavourCommand('render', "write and print the flavour's kickstart").action((flavour, options) =>
    render(flavour, options, context),
  );
  flavourCommand('build', "make the flavour's image")
    .option('--offline', 'use cached packages only')
    .option('--refresh', 'fetch package indexes although they are less than a day old')
    .option('--dry-run', 'print the plan instead of running it')
    .action((flavour, options) => build(flavour, options, context));
  flavourCommand('test', "boot the flavour's image in QEMU and check it")
    .option('--firmware <firmware>', 'bios, uefi or both', 'bios')
    .option('--accel <accelerator>', 'auto, kvm or tcg', 'auto')
    .option('--only <check...>', 'run these checks only')
    .action((flavour, options) => test(flavour, options, context));
  return program;
}
