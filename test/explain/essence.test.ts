import { expect, test } from 'vitest';
import { essenceOf } from '../../scripts/explain/index.ts';

const kickstart = (lang: string, packages: string, script: string): string =>
  `#version=F44\n${lang}\n%packages\n${packages}\n%end\n%post\n${script}\n%end\n`;
const plain = essenceOf(kickstart('lang C', 'bash\nzsh', 'true\necho a'));

test.each([
  ['a remark in front', kickstart('# why\nlang C', 'bash\nzsh', 'true\necho a')],
  [
    'remarks and blank lines everywhere',
    kickstart('\nlang C', '# shells\nbash\n\nzsh', '# first\ntrue\n\n  # then\necho a'),
  ],
])('%s changes nothing', (_, other) => {
  expect(essenceOf(other)).toBe(plain);
});

test.each([
  ['an option', kickstart('lang C --addsupport=de', 'bash\nzsh', 'true\necho a')],
  ['the order of packages', kickstart('lang C', 'zsh\nbash', 'true\necho a')],
  ['a script', kickstart('lang C', 'bash\nzsh', 'true\necho b')],
  ['the version', kickstart('lang C', 'bash\nzsh', 'true\necho a').replace('F44', 'F43')],
  ['a header', kickstart('lang C', 'bash\nzsh', 'true\necho a').replace('%post', '%post --erroronfail')],
])('%s does', (_, other) => {
  expect(essenceOf(other)).not.toBe(plain);
});

test('what looks like a remark in a file, or in a text that a script holds, is none', () => {
  const file = (text: string) =>
    essenceOf(kickstart('lang C', 'bash', `put /etc/a 0644 root:root <<'EOF'\n${text}\nEOF`));
  expect(file('# a')).not.toBe(file('# b'));
  const inner = (text: string) => essenceOf(kickstart('lang C', 'bash', `cat > /etc/a << E\n${text}\nE`));
  expect(inner('# a')).not.toBe(inner('# b'));
  const preset = (text: string) =>
    essenceOf(
      kickstart(
        'lang C',
        'bash',
        `put /usr/lib/systemd/system-preset/50-phyllome.preset 0644 root:root <<'EOF'\n${text}\nenable a.service\nEOF`,
      ),
    );
  expect(preset('# why')).toBe(preset('# because'));
  expect(preset('enable b.service')).not.toBe(preset('# because'));
});
