import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { judge, readDump } from '../../scripts/hardware/index.ts';
import { checkout } from '../render/shipped.ts';
import { readPosted as read } from './posted.ts';

const folder = path.join(checkout, 'test/hardware/dumps');
const sample = readFileSync(path.join(folder, 'laptop-amd-processor-graphics.txt'), 'utf8');

describe('what pasting adds is left out', () => {
  const utf16 = (mark: readonly number[], swap: boolean) => {
    const bytes = Buffer.from(sample, 'utf16le');
    return Buffer.concat([Buffer.from(mark), swap ? bytes.swap16() : bytes]);
  };
  const each = (change: (line: string) => string) => sample.split('\n').map(change).join('\n');

  test.each<[string, string | Uint8Array]>([
    ['code fences', `Here it is:\n\`\`\`text\n${sample}\`\`\`\n`],
    ['quote marks', each((line) => `> ${line}`)],
    ['quotes of quotes', each((line) => `> > ${line}`)],
    ['an indent', each((line) => (line === '' ? line : `    ${line}`))],
    ['tabs', each((line) => (line === '' ? line : `\t${line}`))],
    ['a byte order mark', `\ufeff${sample}`],
    ['a prompt', `$ sh probe.sh\n${sample}$ `],
    ['the prompt of a shell', `[ada@host ~]$ sh probe.sh\n${sample}`],
    ['the prompt of root', `root@host:~# sh probe.sh\n${sample}`],
    ['blank lines between', each((line) => `${line}\n`)],
    ['trailing spaces', each((line) => `${line}  `)],
    ['line ends of Windows', sample.replaceAll('\n', '\r\n')],
    ['tags of a forum', `[code]\n${sample}[/code]\n`],
    ['the colours of a terminal', each((line) => line.replace(/^(\w+)/, '\u001b[1;34m$1\u001b[0m'))],
    ['colours whose escape characters are lost', each((line) => line.replace(/^(\w+)/, '[1;34m$1[0m'))],
    ['the colours of a chat', each((line) => line.replace(/^(?=[a-z])/, '\u000312').replace(/$/, '\u000f'))],
    ['the source of a web page', each((line) => `&gt; ${line}`)],
    ['UTF-16', utf16([0xff, 0xfe], false)],
    ['UTF-16 of the other order', utf16([0xfe, 0xff], true)],
    ['UTF-16 without a mark', utf16([], false)],
    ['lines broken at 72 columns', each((line) => line.replace(/^(.{50,72}) (?=\S)/, '$1\n'))],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual(read(sample));
  });

  test('every dump is read as before through a forum and a mail', () => {
    for (const name of readdirSync(folder)) {
      const text = readFileSync(path.join(folder, name), 'utf8');
      const posted = `Hello,\n\n\`\`\`\n${text.replace(/^(?=.)/gm, '  ').replace(/(?<=.)$/gm, ' ')}\`\`\`\nthanks`;
      expect(read(posted), name).toEqual(read(text));
    }
  });
});

describe('what is no listing', () => {
  test('is told with its first line, and what is read', () => {
    const { dump, diagnostics } = readDump('notes.txt', '\nmy computer is blue\n');
    expect(dump).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'not-a-dump', span: { start: { line: 2 } } }]);
    expect(diagnostics[0]?.hint).toContain('lspci -nnk');
  });

  test('nothing, too', () => {
    expect(readDump('empty', '').diagnostics).toMatchObject([{ code: 'not-a-dump' }]);
  });

  test('what speaks to a terminal is refused', () => {
    const text = '01:00.0 VGA compatible controller [0300]: \u001b]0;x\u0007 [10de:21c4]';
    expect(readDump('odd', text).diagnostics).toMatchObject([
      { code: 'unreadable-line', span: { start: { line: 1 } } },
    ]);
    expect(readDump('odd', text).diagnostics[0]?.message).toBe('there are control characters in this line');
  });

  test('a newer probe is named', () => {
    expect(readDump('new', 'phyllome hardware dump 2\n').diagnostics).toMatchObject([{ code: 'newer-dump' }]);
  });
});

test('of a description that was cut, what is missing is said and not made up', () => {
  const lines = sample.split('\n');
  const cut = lines
    .slice(0, lines.indexOf('[memory]'))
    .filter((line) => !/^(?:\[firmware\]|uefi|secure-boot|tpm)/.test(line));
  const { words } = judge(read(cut.join('\n'))).host;
  expect(words).toContain('Firmware: the description does not tell; was a part of it left out?');
  expect(words).toContain('Memory: the description does not tell; was a part of it left out?');
  const withoutIommu = lines.filter((line) => !/^(?:\[iommu\]|table-|groups = |interrupt-remapping)/.test(line));
  const { iommu, words: told } = judge(read(withoutIommu.join('\n'))).host;
  expect(iommu).toBe('unknown');
  expect(told).toContain('IOMMU: the description does not tell; was a part of it left out?');
});

test('another architecture is called that', () => {
  const aarch64 = (processor: string) =>
    judge(read(`phyllome hardware dump 1\n[processor]\n${processor}\nthreads = 8\n`)).host.words[0];
  expect(aarch64('architecture = aarch64')).toBe(
    'Processor: the processor is of another architecture (aarch64): images of Phyllome OS are for x86-64',
  );
  // Probes before this one did not say which.
  expect(aarch64('')).toContain('of another architecture: images');
  expect(aarch64('vendor = GenuineIntel\nflags = sse')).toContain('has 32 bits');
});
