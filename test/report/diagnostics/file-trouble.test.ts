import { expect, test } from 'vitest';
import { fileTrouble } from '../../../scripts/report/diagnostics/index.ts';

const places = { checkout: '/checkout', out: '/there/out', cache: '/there/cache', user: ['/home/ada/mine'] };
const failed = (code: string, syscall: string, file?: string, dest?: string) =>
  Object.assign(new Error(`${code}: ${syscall}`), {
    code,
    syscall,
    ...(file && { path: file }),
    ...(dest && { dest }),
  });
const told = (error: unknown) => {
  const found = fileTrouble(error, places);
  return found && `${found.message} | ${found.hint}`;
};

test.each([
  [
    'ENOSPC',
    'write',
    '/there/out/nano/nano.ks',
    '/there/out/nano/nano.ks: the disk is full',
    'PHYLLOME_OUT names another directory',
  ],
  ['EROFS', 'mkdir', '/there/out/nano', '/there/out/nano: it can only be read', 'PHYLLOME_OUT names another directory'],
  [
    'EACCES',
    'open',
    '/there/cache/locks/x',
    '/there/cache/locks/x: this user may not',
    'PHYLLOME_CACHE names another directory',
  ],
  [
    'ENOENT',
    'mkdir',
    '/there/out/x',
    '/there/out/x: no directory can be made there',
    'PHYLLOME_OUT names another directory',
  ],
  [
    'EPERM',
    'link',
    '/there/cache/locks/x',
    '/there/cache/locks/x: the file system has no hard links',
    'PHYLLOME_CACHE',
  ],
  [
    'ENOENT',
    'open',
    '/there/cache/stages/image-12ab/x.iso',
    '/there/cache/stages/image-12ab/x.iso: it is not there any more',
    'rm -rf /there/cache/stages/image-12ab',
  ],
  [
    'ENOENT',
    'open',
    '/home/ada/mine/flavours/x.yaml',
    '/home/ada/mine/flavours/x.yaml: it is not there any more',
    'put it back',
  ],
  ['ENOENT', 'create', '/proc/x', '/proc/x: no file can be made there', 'create'],
  ['EEXIST', 'create', '/dev/full', '/dev/full: something that is no file is there already', 'create'],
  ['EACCES', 'scandir', '/home/ada/mine/flavours', '/home/ada/mine/flavours: this user may not', 'scandir'],
])('%s of %s at %s has a place and advice', (code, syscall, file, message, hint) => {
  expect(told(failed(code, syscall, file))).toContain(message);
  expect(told(failed(code, syscall, file))).toContain(hint);
});

test('of a copy the end that is ours is told', () => {
  expect(told(failed('ENOSPC', 'copyfile', '/checkout/a', '/there/out/b'))).toContain('/there/out/b: the disk is full');
});

test.each([
  new Error('a mistake'),
  failed('ENOENT', 'open', '/checkout/scripts/x.ts'),
  Object.assign(new Error('bad'), { code: 'ERR_INVALID_ARG_TYPE' }),
  'text',
])('a mistake of this program stays one', (error) => {
  expect(told(error)).toBeUndefined();
});
