import { expect, test } from 'vitest';
import { list } from '../../scripts/flavour/index.ts';
import { directories, resolveShipped } from '../render/shipped.ts';

const bases = list('base', directories).map(({ name }) => name);

/** Never in an image: secrets and identities that each machine must make for itself. */
const IDENTITIES = /^\/(?:etc\/(?:machine-id|ssh\/ssh_host_|shadow)|var\/lib\/swtpm-localca\/|root\/\.ssh)/;

/** Gone from current kernels; dracut fails on them, modules-load only complains. */
const GONE_MODULES = /vfio[_-]virqfd|vfio[_-]mdev|kvmgt/;

test.each(bases)('headless on %s bakes no identity and names no module that is gone', (base) => {
  const { files, kernelArguments, links } = resolveShipped('headless', base);
  for (const { path } of [...files, ...links]) expect(path).not.toMatch(IDENTITIES);
  const texts = files.map(({ content }) => ('text' in content ? content.text : ''));
  expect([...texts, ...kernelArguments.map(({ argument }) => argument)].join('\n')).not.toMatch(GONE_MODULES);
});

test.each(bases)('headless on %s starts no daemon of libvirt and none of SSH at boot', (base) => {
  const { units } = resolveShipped('headless', base);
  const enabled = units.filter(({ preset }) => preset === 'enable').map(({ name }) => name);
  expect(enabled.filter((name) => /^(?:libvirtd|virt(?!lockd).*d|sshd?)\.service$/.test(name))).toEqual([]);
  expect(enabled.filter((name) => /-(?:tcp|tls)\.socket$/.test(name))).toEqual([]);
});

test.each(bases)('the IOMMU arguments of headless on %s reach the boot entry', (base) => {
  const given = resolveShipped('headless', base).kernelArguments.map(({ argument }) => argument);
  expect(given).toEqual(expect.arrayContaining(['intel_iommu=on', 'iommu=pt', 'console=ttyS0,115200']));
  // The kernel takes no such value; AMD's IOMMU is on when the firmware describes it.
  expect(given).not.toContain('amd_iommu=on');
});

test('libvirt objects have fixed UUIDs', () => {
  const { files } = resolveShipped('headless', 'debian-13');
  const objects = files.filter(({ path }) => /^\/etc\/libvirt\/(?:qemu\/networks|storage)\/.*\.xml$/.test(path));
  expect(objects).toHaveLength(3);
  const uuids = objects.map(({ content }) =>
    'text' in content ? /<uuid>([0-9a-f-]{36})<\/uuid>/.exec(content.text)?.[1] : '',
  );
  expect(new Set(uuids).size).toBe(3);
});

test('the headless flavour has the budgets of its issue', () => {
  expect(resolveShipped('headless', 'debian-13').budgets).toEqual({
    idleMemoryMiB: 200,
    runningServices: 10,
    imageMiB: 400,
  });
});
