import { describe, expect, test } from 'vitest';
import { reachedMultiUser } from '../../../scripts/checks/index.ts';
import { type Command, type Runner, type RunOptions, SystemRunner } from '../../../scripts/process/index.ts';
import { testImage } from '../../../scripts/test-run/index.ts';
import { manifestWith } from '../../checks/context.ts';
import { runDirectoryForEach, testImageFile, toolsTree } from './environment.ts';

/** A computer whose KVM runs the probe, fast, and then no boot: what asks for KVM gets emulation that stands still. */
class LyingKvm implements Runner {
  readonly #real = new SystemRunner();
  readonly boots: string[] = [];

  run(command: Command, options?: RunOptions) {
    return this.#real.run(command, options);
  }

  start(command: Command, options: RunOptions = {}) {
    const option = command.argv.indexOf('-accel');
    const accelerator = option === -1 ? '' : (command.argv[option + 1]?.split(',')[0] ?? '');
    const probes = command.argv.includes('isa-debug-exit,iobase=0xf4,iosize=4');
    if (accelerator !== '' && !probes) this.boots.push(accelerator);
    // One instruction at a time, emulation is sure to be the slower one of the two.
    const slowly = (word: string) => (word === 'tcg' && probes ? 'tcg,one-insn-per-tb=on' : word);
    if (accelerator !== 'kvm') {
      const [program = '', ...rest] = command.argv.map(slowly);
      return this.#real.start({ ...command, argv: [program, ...rest] }, options);
    }
    const [program, ...rest] = command.argv.map((word) => (word === 'kvm' ? 'tcg' : word === 'host' ? 'EPYC' : word));
    // Nothing to boot from: the firmware waits and says nothing.
    const argv = rest.filter(
      (word, index) => !word.startsWith('ide-cd,') && rest[index + 1]?.startsWith('ide-cd,') !== true,
    );
    return this.#real.start({ ...command, argv: [program ?? '', ...(probes ? rest : argv)] }, options);
  }
}

describe.skipIf(testImageFile === undefined)('an accelerator that the probe trusts', () => {
  const directory = runDirectoryForEach();

  test('but under which a boot stands still is given up for emulation, once and loudly', async () => {
    const runner = new LyingKvm();
    const said: string[] = [];
    const run = await testImage(
      { manifest: manifestWith(), file: testImageFile ?? '' },
      {
        hardware: {},
        accel: 'auto',
        runner,
        toolsRoot: toolsTree(),
        cacheDir: directory.path,
        runDir: directory.path,
        // Standing still is noticed after seconds; what the slow probe of emulation makes of the deadlines is made up for.
        crowding: 0.15,
      },
      {
        checks: [reachedMultiUser],
        onProgress: ({ stage, message }) => {
          if (stage === 'accelerator') said.push(message);
        },
      },
    );
    expect(runner.boots).toEqual(['kvm', 'tcg']);
    expect(said).toEqual([
      expect.stringMatching(/^using kvm: KVM works/),
      expect.stringMatching(/^using tcg: KVM works.*but a boot made no progress under it: emulation instead$/),
    ]);
    expect(run).toMatchObject({ verdict: 'passed', accelerator: { chosen: 'tcg', fellBackFrom: 'kvm' } });
  });
});
