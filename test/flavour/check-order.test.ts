import { expect, test } from 'vitest';
import { checkOrder } from '../../scripts/flavour/check-order.ts';

test('a budget brings its check, and measuring at rest comes before waking anything', () => {
  const asked = ['libvirt-answers', 'listening-sockets', 'kvm-nested', 'libvirt-answers'];
  expect(checkOrder(asked, { idleMemoryMiB: 200, runningServices: 10, imageMiB: 400 })).toEqual([
    'idle-memory',
    'running-services',
    'listening-sockets',
    'libvirt-answers',
    'kvm-nested',
  ]);
  expect(checkOrder(['kvm-nested'], {})).toEqual(['kvm-nested']);
});
