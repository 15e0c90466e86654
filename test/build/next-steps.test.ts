import { expect, test } from 'vitest';
import { nextSteps, whoCanLogIn } from '../../scripts/build/next-steps.ts';
import { resolveFlavour } from '../../scripts/flavour/index.ts';
import { directories } from '../render/shipped.ts';

const resolved = (name: string) => {
  const { flavour } = resolveFlavour({ name, directories });
  if (flavour === undefined) throw new Error(`${name} does not resolve`);
  return flavour;
};
const headless = resolved('headless');

test('of an image that can be started, exact commands to do so, to test it and to write it', () => {
  const text = nextSteps(headless, { base: 'debian-13' }, [{ file: "/out/it's/x.iso" }]);
  const commands = text.split('\n').filter((line) => /^ {2}\S/.test(line));
  expect(commands).toEqual([
    '  phyllome run headless --base debian-13',
    '  phyllome test headless --base debian-13',
    "  phyllome write '/out/it'\\''s/x.iso' /dev/sdX",
    '  phyllome --dir ~/my-phyllome new my-host --from headless',
  ]);
});

test('of a disk’s image how it gets onto a disk, of a medium that installs nothing to start', () => {
  expect(nextSteps(headless, {}, [{ file: '/x.qcow2' }])).toContain('  phyllome write /x.qcow2 /dev/sdX\n');
  const installer = nextSteps(headless, {}, [{ file: '/x.iso', installs: 'from the network' }]);
  expect(installer).toContain('phyllome write /x.iso /dev/sdX');
  expect(installer).not.toContain('phyllome run');
  const both = nextSteps(headless, {}, [{ file: '/x-installer.iso', installs: 'offline' }, { file: '/x.iso' }]);
  expect(both).toContain('  phyllome run headless --computer my-host\n');
  expect(both).not.toContain('  phyllome run headless\n');
  expect(both).toContain('  phyllome write /x-installer.iso /dev/sdX\n');
  expect(both).not.toContain('phyllome write /x.iso');
  expect(both).toMatch(/^Who can log in: the administrator whom the installation makes\.$/m);
  expect(nextSteps(headless, {}, [{ file: '/x.tar.gz' }])).toBe('');
});

test('who can log in is told for each way, and that nobody can', () => {
  expect(whoCanLogIn(headless)).toMatch(/^nobody: it has no user with a password or SSH key\. Add one/);
  expect(whoCanLogIn(resolved('live-headless'))).toMatch(/^`live` is logged in on its screen and serial port/);
  expect(whoCanLogIn(resolved('desktop'))).toBe('the first boot asks for the first user.');
  const place = headless.at;
  expect(
    whoCanLogIn({
      ...headless,
      users: [{ name: 'bob', groups: [], passwordHash: 'x', by: 'y', at: place }],
      sshKeys: [{ user: 'ada', key: 'x', by: 'y', at: place }],
    }),
  ).toBe(
    'ada by SSH key from another computer (`ssh ada@ADDRESS`: its prompt shows the address). bob at the machine, by password.',
  );
});
