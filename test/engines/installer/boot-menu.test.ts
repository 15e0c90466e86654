import { expect, test } from 'vitest';
import { installerMenu } from '../../../scripts/engines/installer/boot-menu.ts';

const stock = `set default="1"
set timeout=60
search --no-floppy --set=root -l 'Fedora-E-dvd-x86_64-44'
menuentry 'Install Fedora 44' --class fedora --class os {
	linux /images/pxeboot/vmlinuz inst.stage2=hd:LABEL=Fedora-E-dvd-x86_64-44 quiet
	initrd /images/pxeboot/initrd.img
}
menuentry 'Test this media & install Fedora 44' --class fedora --class os {
	linux /images/pxeboot/vmlinuz inst.stage2=hd:LABEL=Fedora-E-dvd-x86_64-44 rd.live.check quiet
	initrd /images/pxeboot/initrd.img
}
submenu 'Troubleshooting -->' {
	menuentry 'Rescue a Fedora system' --class fedora {
		linux /images/pxeboot/vmlinuz inst.stage2=hd:LABEL=Fedora-E-dvd-x86_64-44 inst.rescue quiet
		initrd /images/pxeboot/initrd.img
	}
	menuentry 'Boot first drive' {
		chainloader (hd0)+1
	}
}
`;

const request = {
  oldLabel: 'Fedora-E-dvd-x86_64-44',
  newLabel: 'PHYLLOME_HEADLESS',
  title: 'Phyllome OS headless',
  bootArguments: ['inst.ks=hd:LABEL=PHYLLOME_HEADLESS:/phyllome.ks'],
  unattended: false,
};

test('the menu of a medium that asks', () => {
  expect(installerMenu(stock, request)).toMatchInlineSnapshot(`
    "set default="1"
    set timeout=60
    search --no-floppy --set=root -l 'PHYLLOME_HEADLESS'
    menuentry 'Install Phyllome OS headless' --class fedora --class os {
    	linux /images/pxeboot/vmlinuz inst.stage2=hd:LABEL=PHYLLOME_HEADLESS quiet inst.ks=hd:LABEL=PHYLLOME_HEADLESS:/phyllome.ks
    	initrd /images/pxeboot/initrd.img
    }
    menuentry 'Test this media & install Phyllome OS headless' --class fedora --class os {
    	linux /images/pxeboot/vmlinuz inst.stage2=hd:LABEL=PHYLLOME_HEADLESS rd.live.check quiet inst.ks=hd:LABEL=PHYLLOME_HEADLESS:/phyllome.ks
    	initrd /images/pxeboot/initrd.img
    }
    submenu 'Troubleshooting -->' {
    	menuentry 'Rescue a Fedora system' --class fedora {
    		linux /images/pxeboot/vmlinuz inst.stage2=hd:LABEL=PHYLLOME_HEADLESS inst.rescue quiet
    		initrd /images/pxeboot/initrd.img
    	}
    	menuentry 'Boot first drive' {
    		chainloader (hd0)+1
    	}
    }
    "
  `);
});

test('a medium that wipes says so in every entry that installs, and waits ten seconds', () => {
  const menu = installerMenu(stock, { ...request, unattended: true });
  expect(menu.match(/^\s*(?:menuentry '.*'|set timeout.*|set default.*)/gm)?.map((line) => line.trim())).toEqual([
    'set default="1"',
    'set timeout=10',
    "menuentry 'Install Phyllome OS headless (ERASES ALL DISKS)'",
    "menuentry 'Test this media & install Phyllome OS headless (ERASES ALL DISKS)'",
    "menuentry 'Rescue a Fedora system'",
    "menuentry 'Boot first drive'",
  ]);
});

test('an earlier kickstart gives way, and a second pass changes nothing more', () => {
  const once = installerMenu(stock.replaceAll(' quiet', ' inst.ks=http://example/a.ks quiet'), request);
  expect(once.match(/inst\.ks=/g)).toHaveLength(3);
  expect(once).toContain('inst.ks=http://example/a.ks quiet\n\t\tinitrd');
  expect(installerMenu(once, { ...request, oldLabel: 'PHYLLOME_HEADLESS' })).toBe(once);
});

test('labels are replaced as they are and as udev writes them, never inside longer ones', () => {
  const change = (line: string) => installerMenu(line, { ...request, oldLabel: 'Fedora S' });
  expect(change("search -l 'Fedora S'")).toBe("search -l 'PHYLLOME_HEADLESS'");
  expect(change('linux x root=hd:LABEL=Fedora\\x20S')).toBe('linux x root=hd:LABEL=PHYLLOME_HEADLESS');
  expect(change("search -l 'Fedora Server'")).toBe("search -l 'Fedora Server'");
});

test('isolinux of older media', () => {
  const old =
    'timeout 600\nlabel linux\n  menu label ^Install Fedora 36\n  append initrd=initrd.img inst.stage2=hd:LABEL=F quiet\n';
  expect(installerMenu(old, { ...request, oldLabel: 'F', unattended: true })).toBe(
    'timeout 100\nlabel linux\n  menu label ^Install Phyllome OS headless (ERASES ALL DISKS)\n  append initrd=initrd.img inst.stage2=hd:LABEL=PHYLLOME_HEADLESS quiet inst.ks=hd:LABEL=PHYLLOME_HEADLESS:/phyllome.ks\n',
  );
});
