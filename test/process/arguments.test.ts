import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayCommand, inImageRoot, inNamespaces, inToolsTree, withLayers } from '../../scripts/process/index.ts';

test('a displayed command, pasted into a shell, has the same words', () => {
  const word = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const output = execFileSync('sh', ['-c', displayCommand(['printf', '%s\\0', ...words])], { encoding: 'utf8' });
      expect(output.split('\0').slice(0, -1)).toEqual(words);
    }),
    { numRuns: 40 },
  );
});

test('an ordinary user gets subordinate ids, root gets none', () => {
  expect(inNamespaces('user-namespace', ['id'])).toContain('--map-auto');
  expect(inNamespaces('root', ['id'])).not.toContain('--map-auto');
});

test('layers: topmost first, the upper one only when something may be written', () => {
  const writable = withLayers('root', { target: '/t', lower: ['/a', '/b'], upper: { directory: '/u', work: '/w' } }, [
    'true',
  ]);
  expect(writable).toContain('lowerdir=/a:/b,upperdir=/u,workdir=/w');
  expect(withLayers('user-namespace', { target: '/t', lower: ['/a'] }, ['true'])).toContain('lowerdir=/a,userxattr');
});

test('nothing has a network unless it asks', () => {
  expect(inToolsTree('/tools', ['true'])).toContain('--unshare-net');
  expect(inToolsTree('/tools', ['true'], { network: true })).not.toContain('--unshare-net');
  expect(inImageRoot('/root', ['true'])).toContain('--unshare-net');
});
