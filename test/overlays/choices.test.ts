import { describe, expect, test } from 'vitest';
import { list } from '../../scripts/flavour/index.ts';
import { directories } from '../render/shipped.ts';
import { renderOwn, resolveOwn } from './own-flavour.ts';

const bases = list('base', directories).map(({ name }) => name);
const packagesOf = (lines: readonly string[], base: string) => {
  const { model, findings } = renderOwn(lines, base);
  expect(findings).toEqual([]);
  return model.packages?.packages.map(({ name }) => name) ?? [];
};

describe('processors and graphics combine freely', () => {
  const microcode = {
    'debian-13': { amd: 'amd64-microcode', intel: 'intel-microcode' },
    fedora: { amd: 'amd-ucode-firmware', intel: 'microcode_ctl' },
  };
  const combinations = ['amd', 'intel', 'both'].flatMap((cpu) =>
    ['gpu-amd', 'gpu-intel', 'gpu-nvidia'].flatMap((gpu) => bases.map((base) => [cpu, gpu, base] as const)),
  );
  test.each(combinations)('%s with %s on %s', (cpu, gpu, base) => {
    const remove = { amd: ['cpu-intel'], intel: ['cpu-amd'], both: [] }[cpu] ?? [];
    const lines = ['extends: bare-metal-headless', `components: {add: [${gpu}], remove: [${remove}]}`];
    const packages = packagesOf(lines, base);
    const names = base === 'debian-13' ? microcode['debian-13'] : microcode.fedora;
    expect(packages.includes(names.amd)).toBe(cpu !== 'intel');
    expect(packages.includes(names.intel)).toBe(cpu !== 'amd');
    const driver = { 'gpu-amd': 'amdgpu', 'gpu-intel': 'i915', 'gpu-nvidia': 'nouveau' }[gpu];
    expect(renderOwn(lines, base).kickstart).toMatch(new RegExp(`^softdep ${driver} pre: vfio-pci$`, 'm'));
  });
});

describe('language, keyboard and time zone', () => {
  const german = ['extends: headless', 'system: {lang: de_DE.UTF-8, keyboard: de-nodeadkeys, timezone: Europe/Berlin}'];

  test.each(bases)('German on %s: commands, packages and messages', (base) => {
    const { model, findings, kickstart } = renderOwn(german, base);
    expect(findings).toEqual([]);
    const { lang, keyboard, timezone } = model.commands;
    expect(lang?.lang).toBe('de_DE.UTF-8');
    expect(keyboard).toMatchObject({ vcKeymap: 'de-nodeadkeys', xLayouts: ['de'] });
    expect(timezone?.timezone).toBe('Europe/Berlin');
    expect(packagesOf(german, base)).toEqual(
      expect.arrayContaining(base === 'debian-13' ? ['locales', 'kbd', 'console-data'] : ['glibc-langpack-de', 'kbd']),
    );
    expect(kickstart).toContain(' --inst-langs=en:de\n');
  });

  test.each(bases)('languages to choose from on %s: commands, packages and messages', (base) => {
    const lines = ['extends: headless', 'system: {languages: [de_DE.UTF-8, pt_BR.UTF-8]}'];
    const { model, findings, kickstart } = renderOwn(lines, base);
    expect(findings).toEqual([]);
    expect(model.commands.lang).toMatchObject({ addsupport: ['de_DE.UTF-8', 'pt_BR.UTF-8'] });
    expect(packagesOf(lines, base)).toEqual(
      expect.arrayContaining(base === 'debian-13' ? ['locales'] : ['glibc-langpack-de', 'glibc-langpack-pt']),
    );
    expect(kickstart).toContain(' --inst-langs=en:de:pt\n');
  });

  test('what every system has costs no package', () => {
    const packages = packagesOf(['extends: headless'], 'debian-13');
    expect(packages.filter((name) => /^(?:locales|kbd|console-data)$/.test(name))).toEqual([]);
  });

  test.each([
    ['uk', 'gb'],
    ['dvorak', 'us (dvorak)'],
    ['us', 'us'],
  ])('the console’s %s is a session’s %s', (keyboard, layout) => {
    const { model } = renderOwn(['extends: nano', `system: {keyboard: ${keyboard}}`], 'debian-13');
    expect(model.commands.keyboard).toMatchObject({ vcKeymap: keyboard, xLayouts: [layout] });
  });
});

describe('a fixed address', () => {
  const options = (text: string) => ['extends: headless', `options: {network: ${text}}`];
  const fixed = '{address: 192.0.2.10/24, card: enp1s0, gateway: 192.0.2.1, nameServers: [192.0.2.1]}';

  test.each(bases)('on %s is that of one card; the others ask DHCP', (base) => {
    const { kickstart, findings } = renderOwn(options(fixed), base);
    expect(findings).toEqual([]);
    expect(kickstart).toMatch(
      /\[Match\]\nName=enp1s0\n[\s\S]*?Address=192\.0\.2\.10\/24\nGateway=192\.0\.2\.1\nDNS=192\.0\.2\.1\n/,
    );
    expect(kickstart).toMatch(/90-phyllome-wired\.network/);
    expect(renderOwn(['extends: headless'], base).kickstart).not.toMatch(/80-phyllome-static/);
  });

  test.each([
    ['{address: 192.0.2.10/24}', 'two cards'],
    ['{card: enp1s0}', 'every card asks DHCP already'],
    ['{gateway: 192.0.2.1}', 'DHCP brings its own gateway'],
  ])('%s is refused', (text, reason) => {
    expect(resolveOwn(options(text)).diagnostics).toMatchObject([
      { code: 'refused-combination', message: expect.stringContaining(reason) },
    ]);
  });

  test('is the bridge’s where there is one', () => {
    const { diagnostics } = resolveOwn([...options(fixed), 'components: [network-bridge]']);
    expect(diagnostics).toMatchObject([{ code: 'refused-combination', message: expect.stringContaining('port') }]);
  });
});

describe('questions of the first boot', () => {
  const asking = (program: string, edition = 'headless') => [
    `extends: ${edition}`,
    ...(edition === 'desktop'
      ? [`override: {options: {first-boot: {program: ${program}}}}`]
      : ['components: [first-boot]', `options: {first-boot: {program: ${program}}}`]),
  ];

  test.each(bases)('systemd-firstboot on %s, before the login prompt', (base) => {
    const { kickstart, findings } = renderOwn(asking('systemd-firstboot'), base);
    expect(findings).toEqual([]);
    expect(kickstart).toMatch(/^enable phyllome-first-boot\.service$/m);
    expect(kickstart).toMatch(/^ExecStart=systemd-firstboot --force --prompt$/m);
  });

  test.each(bases)('initial-setup on %s, or why not', (base) => {
    const { flavour, diagnostics } = resolveOwn(asking('initial-setup'), base);
    if (base === 'debian-13') {
      expect(diagnostics[0]?.message).toMatch(/does not have the package `initial-setup`: .*systemd-firstboot/);
    } else {
      expect(flavour?.units.map(({ name, preset }) => `${preset} ${name}`)).toContain('enable initial-setup.service');
      expect(flavour?.packages.map(({ name }) => name)).toContain('initial-setup');
    }
  });

  test.each(bases)('gnome-initial-setup on %s with GNOME', (base) => {
    expect(packagesOf(['extends: desktop'], base)).toContain('gnome-initial-setup');
    // It brings GNOME along, which a machine without a screen refuses.
    expect(resolveOwn(asking('gnome-initial-setup'), base).diagnostics.map(({ code }) => code)).toContain(
      'component-conflict',
    );
  });

  test('a text program on a desktop, and no program at all, are refused', () => {
    expect(resolveOwn(asking('initial-setup', 'desktop'), 'fedora-44').diagnostics.map(({ code }) => code)).toContain(
      'component-conflict',
    );
    expect(resolveOwn(['extends: headless', 'components: [first-boot]']).diagnostics.map(({ code }) => code)).toEqual([
      'missing-option',
    ]);
  });
});

describe('modes', () => {
  test.each(bases)('secure and developer on %s differ, and do not go together', (base) => {
    const secure = renderOwn(['extends: headless', 'components: [secure]'], base);
    const developer = renderOwn(['extends: headless', 'components: [developer]'], base);
    expect([...secure.findings, ...developer.findings]).toEqual([]);
    for (const { model } of [secure, developer]) expect(model.commands.rootpw).toMatchObject({ lock: true });
    if (base !== 'debian-13') {
      expect(secure.model.commands.selinux?.mode).toBe('enforcing');
      expect(developer.model.commands.selinux?.mode).toBe('permissive');
    }
    expect(secure.model.commands.bootloader?.appendLine).toContain('lockdown=integrity');
    expect(secure.kickstart).toMatch(/^enable nftables\.service$/m);
    const both = resolveOwn(['extends: headless', 'components: [secure, developer]'], base);
    expect(both.diagnostics.map(({ code }) => code)).toContain('component-conflict');
  });
});

test.each(bases)('administrators on %s are in the group that sudo lets in', (base) => {
  const { model } = renderOwn(['extends: headless', 'users: [{name: ada, groups: [libvirt, administrators]}]'], base);
  expect(model.commands.user[0]?.groups).toEqual(['libvirt', base === 'debian-13' ? 'sudo' : 'wheel']);
});

test.each(bases.filter((base) => base !== 'debian-13'))('a remix of %s has none of Fedora’s trademarks', (base) => {
  const packages = packagesOf(['extends: nano'], base);
  expect(packages).toEqual(expect.arrayContaining(['generic-release', 'generic-release-common', 'generic-logos']));
  expect(packages.filter((name) => /^fedora-(?:release|logos)/.test(name))).toEqual([]);
});
