import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readBuilt } from '../../scripts/build/index.ts';
import { run } from '../../scripts/commands/run.ts';
import { recordingContext } from '../commands/recording-context.ts';

test.each([
  ['nothing', undefined, undefined],
  ['what a full disk cut short', '{"schema": 1, "im', '{'],
  ['what is no manifest', '{}', '{}'],
  ['nothing at all', 'null', 'null'],
])('a build directory that holds %s has not been built', async (_title, manifest, record) => {
  const { context } = recordingContext();
  const directory = path.join(context.places.out, 'nano');
  mkdirSync(directory, { recursive: true });
  if (manifest !== undefined) writeFileSync(path.join(directory, 'manifest.json'), manifest);
  if (record !== undefined) writeFileSync(path.join(directory, 'build.json'), record);
  await expect(readBuilt('nano', {}, context)).rejects.toThrow('nano has not been built');
});

test.each([
  ['/dev/zero', '/dev/zero is neither a file nor a disk'],
  ['/tmp/', '/tmp is neither a file nor a disk'],
  ['/nowhere/at/all.iso', '/nowhere/at/all.iso: there is no such image'],
])('%s is refused before anything is started for it', async (image, message) => {
  const { context } = recordingContext();
  await expect(run({ image, accel: 'tcg', topology: 'default' }, context)).rejects.toThrow(message);
});

test.each([
  [undefined, 'nano.raw', 'disk', 'of the disk'],
  ['live-iso', 'nano.iso', 'live-iso', 'of the ISO'],
] as const)('of several images, --output %s is %s', async (output, file, kind, inputHash) => {
  const { context } = recordingContext();
  const directory = path.join(context.places.out, 'nano');
  mkdirSync(directory, { recursive: true });
  const of = (name: string) => [{ file: name, sizeBytes: 1, sha256: 'x' }];
  const outputs = [
    { output: 'disk-raw', inputHash: 'of the disk', files: of('nano.raw') },
    { output: 'live-iso', inputHash: 'of the ISO', files: of('nano.iso') },
    { output: 'tar', inputHash: 'of the archive', files: of('nano.tar') },
  ];
  const image = { ...of('nano.raw')[0], kind: 'disk' };
  writeFileSync(path.join(directory, 'manifest.json'), JSON.stringify({ inputHash: 'of the disk', image, outputs }));
  writeFileSync(path.join(directory, 'build.json'), '{"tools": "/tools"}');
  const built = await readBuilt('nano', { output }, context);
  expect(built.imageFile).toBe(path.join(directory, file));
  expect(built.manifest).toMatchObject({ inputHash, image: { file, kind } });
  for (const none of ['tar', 'disk-qcow2'] as const)
    await expect(readBuilt('nano', { output: none }, context)).rejects.toMatchObject({
      diagnostics: [
        {
          code: 'image-not-built',
          message: `the last build of nano did not make ${none}, but disk-raw, live-iso, tar`,
          hint: 'What can be booted of it: --output disk-raw, --output live-iso',
        },
      ],
    });
});

test('of an image of an earlier version, and of what nothing starts', async () => {
  const { context } = recordingContext();
  const directory = path.join(context.places.out, 'nano');
  mkdirSync(directory, { recursive: true });
  const write = (manifest: object) => writeFileSync(path.join(directory, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(path.join(directory, 'build.json'), '{"tools": "/tools"}');
  write({ inputHash: 'x', image: { file: 'nano.iso', kind: 'live-iso' } });
  expect((await readBuilt('nano', {}, context)).imageFile).toBe(path.join(directory, 'nano.iso'));
  write({ inputHash: 'x', outputs: [{ output: 'tar', files: [{ file: 'nano.tar' }] }] });
  await expect(readBuilt('nano', {}, context)).rejects.toMatchObject({
    diagnostics: [
      {
        message: 'the last build of nano did not make an image that firmware starts, but tar',
        hint: 'phyllome build nano makes what the flavour is for',
      },
    ],
  });
});
