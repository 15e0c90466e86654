import { Command } from 'commander';
import type { Context, ReadingContext } from './context.ts';

/** The commands, their options and their help. A command's code is loaded when it is asked for: help and lists stay fast. */
export function commandLine(
  contextWith: (userDirectories: readonly string[]) => ReadingContext,
  withRunner: (context: ReadingContext) => Promise<Context>,
): Command {
  const program = new Command('phyllome')
    .description('Builds and boot-tests Phyllome OS images.')
    .option('--dir <dir>', 'your own flavours, bases and overlays; may be repeated (also: PHYLLOME_DIR)', append, [])
    .exitOverride()
    .showSuggestionAfterError();
  const context = () => contextWith(program.opts<{ dir: readonly string[] }>().dir);
  const running = () => withRunner(context());
  const flavourCommand = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument('<flavour>', 'see `phyllome list`')
      .option('--base <base>', 'distribution and release; the flavour’s own when absent')
      .option('--hardware <profile>', 'the computer that the image is for; the flavour’s own when absent');

  program
    .command('list')
    .description('list flavours, bases, hardware profiles and components')
    .action(async () => (await import('./list.ts')).list(context()));
  program
    .command('new')
    .description('write a commented flavour of your own into the directory of --dir')
    .argument('<flavour>', 'its name')
    .option('--from <flavour>', 'the flavour that it extends', 'headless')
    .action(async (name, options) => (await import('./new-flavour.ts')).newFlavour(name, options, context()));
  program
    .command('render')
    .description('write and print the kickstart, or write all of them')
    .argument('[flavour]', 'see `phyllome list`')
    .option('--base <base>', 'distribution and release; the flavour’s own when absent')
    .option('--hardware <profile>', 'the computer that the image is for; the flavour’s own when absent')
    .option('--all', 'every flavour and variant on every base that it is for')
    .option('--check', 'with --all: fail where the committed set in test/golden differs')
    .option('--out <dir>', 'with --all: the directory to write to, or to compare with')
    .option('--check-packages', 'write nothing: ask the repositories whether they have the packages')
    .action(async (flavour, options) =>
      options.checkPackages === true
        ? (await import('./check-packages.ts')).checkPackages(flavour, options, await running())
        : (await import('./render.ts')).render(flavour, options, context()),
    );
  program
    .command('docs')
    .description('write the tables of each component’s page, overlays/NAME/README.md')
    .option('--check', 'fail where a page is not as its sources say')
    .action(async (options) => (await import('./docs.ts')).docs(options, context()));
  flavourCommand('lint', 'check the kickstart of a flavour, or a kickstart file')
    .option('--format <format>', 'pretty, json, sarif or github', 'pretty')
    .action(async (flavour, options) => (await import('./lint.ts')).lint(flavour, options, context()));
  flavourCommand('show', 'print the resolved flavour, each value with the line that set it')
    .option('--json', 'for programs')
    .action(async (flavour, options) => (await import('./show.ts')).show(flavour, options, context()));
  flavourCommand('why', 'tell what brought a package, unit, kernel argument, module, file, user or kickstart line')
    .argument('<query>', 'a name or a part of one; `:12` is line 12 of the kickstart')
    .option('--json', 'for programs')
    .action(async (flavour, query, options) => (await import('./why.ts')).why(flavour, query, options, context()));
  program
    .command('diff')
    .description('tell what differs: packages, units, kernel arguments, files')
    .argument('<a>', 'a flavour, one at a git revision (headless@HEAD~1), a kickstart, or a directory of them')
    .argument('<b>', 'the same')
    .option('--base <base>', 'distribution and release; the flavours’ own when absent')
    .option('--hardware <profile>', 'for the second: the computer that the image is for')
    .option('--json', 'for programs')
    .action(async (a, b, options) => (await import('./diff.ts')).diff(a, b, options, await running()));
  mediumOptions(flavourCommand('build', 'make the image'))
    .option('--engine <engine>', 'direct, livemedia or netinst; for a Fedora base livemedia when absent')
    .option('--output <output>', 'with livemedia: iso, raw, qcow2, pxe or tar', 'iso')
    .option('--runner <runner>', 'with livemedia: auto, host, mock or podman', 'auto')
    .option('--firmware <firmware>', 'with netinst: bios or uefi', 'uefi')
    .option('--boot <boot>', 'with netinst: kernel (its messages can be followed) or medium (as it is)', 'kernel')
    .option('--accel <accelerator>', 'with netinst: auto, kvm or tcg', 'auto')
    .option('--offline', 'use cached packages only')
    .option('--refresh', 'fetch package indexes although they are less than a day old')
    .option('--dry-run', 'print the plan instead of running it')
    .action(async (flavour, options) => (await import('./build.ts')).build(flavour, options, await running()));
  flavourCommand('test', 'boot the built image in QEMU and check it')
    .option(
      '--topology <topology>',
      'the machine: a name of scripts/lab/topologies, or a file; a small server when absent',
    )
    .option('--firmware <firmware>', 'bios, uefi, secure-boot or both (bios and uefi); the topology’s own when absent')
    .option('--accel <accelerator>', 'auto, kvm or tcg', 'auto')
    .option('--only <check...>', 'run these checks only')
    .option('--scenario <scenario...>', 'play these: names, `usual` for all that do not take long, or `all`')
    .option('--shard <m/n>', 'of scenarios: the machines of one of n equal parts')
    .option('--fail-fast', 'of scenarios: stop at the first machine that fails')
    .option('--again', 'ask also what is known to be well because nothing it depends on has changed')
    .option(
      '--memory <MiB>',
      'of scenarios: what machines may use at a time; three quarters of this computer’s when absent',
    )
    .option('--cores <number>', 'of scenarios: the same for processors; all of them when absent')
    .option('--keep', 'leave the machine on, for `phyllome shell`')
    .option('--repeat <times>', 'boot it so often and tell how often it passed')
    .option('--idle <seconds>', 'measure memory this long after boot; when absent, as soon as it stands still')
    .action(async (flavour, options) => (await import('./test.ts')).test(flavour, options, await running()));
  mediumOptions(program.command('installer'))
    .description('put the kickstart of a flavour on a stock Fedora medium, which then installs it')
    .argument('<flavour>', 'see `phyllome list`')
    .option('--base <base>', 'the Fedora release', 'fedora-44')
    .option('--hardware <profile>', 'the computer that it is for')
    .option('--offline', 'use cached tools only')
    .option('--dry-run', 'print the plan instead of running it')
    .action(async (flavour, options) => (await import('./installer.ts')).installer(flavour, options, await running()));
  program
    .command('checks')
    .description('list the checks that `test` asks, or tell what one proves and needs')
    .argument('[check]', 'its name')
    .action(async (check) => (await import('./checks.ts')).checks(check, context()));
  program
    .command('run')
    .description('boot an image to use it: its console is this terminal, or a window')
    .argument('<image>', 'a flavour that was built, or the file of an image')
    .option('--base <base>', 'distribution and release; the flavour’s own when absent')
    .option('--hardware <profile>', 'the computer that the image is for; the flavour’s own when absent')
    .option('--topology <topology>', 'the machine: a name of scripts/lab/topologies, or a file', 'default')
    .option('--firmware <firmware>', 'bios, uefi or secure-boot; the topology’s own when absent')
    .option('--memory <MiB>', 'the topology’s own when absent')
    .option('--accel <accelerator>', 'auto, kvm or tcg', 'auto')
    .option('--window', 'show the display; as without it where there is a desktop and a VNC viewer')
    .option('--no-window', 'only the terminal')
    .action(async (image, options) => (await import('./run.ts')).run(image, options, await running()));
  program
    .command('shell')
    .description('be root in a machine that `run` or `test --keep` holds')
    .argument('[machine]', 'a part of its title, or its number; the only one when absent')
    .action(async (machine) => (await import('./shell.ts')).shell(machine, await running()));
  program
    .command('replay')
    .description('boot a failed test again from its capsule, and tell whether it fails at the same point')
    .argument('<capsule>', 'capsule.tar.zst of a failed test')
    .option('--image <image>', 'where the image is now')
    .option('--accel <accelerator>', 'auto, kvm or tcg', 'auto')
    .action(async (capsule, options) => (await import('./replay.ts')).replay(capsule, options, await running()));
  program
    .command('doctor')
    .description('tell which engines can work on this machine, and what a build that was killed left behind')
    .option('--clean', 'remove that')
    .action(async (options) => (await import('./doctor.ts')).doctor(options, await running()));
  const hardware = program.command('hardware').description('describe a computer, and judge it as a host');
  hardware
    .command('probe')
    .description('describe this computer as text; scripts/hardware/probe.sh does so on any Linux without this program')
    .argument('[file]', 'the file to write; standard output when absent')
    .action(async (file) => (await import('./hardware-probe.ts')).hardwareProbe(file, await running()));
  hardware
    .command('check')
    .description('tell what guests can get, what not and why, and what to change in the firmware set-up')
    .argument('[dump]', 'a description, `-` for standard input, or a hardware profile; this computer when absent')
    .option('--write <name>', 'write a hardware profile of the computer into the directory of --dir')
    .option('--json', 'for programs')
    .action(async (dump, options) =>
      (await import('./hardware-check.ts')).hardwareCheck(dump, options, await running()),
    );
  return program;
}

/** What names and proves Fedora's installation medium. */
function mediumOptions(command: Command): Command {
  return command
    .option('--iso <file>', 'Fedora-Everything-netinst-….iso; one that was verified before when absent')
    .option('--checksum <file>', 'its signed CHECKSUM file; one beside it when absent')
    .option('--sha256 <sum>', 'what its checksum must be, instead')
    .option('--key <file>', 'the key that signed the CHECKSUM file; Fedora’s own when absent');
}

function append(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
