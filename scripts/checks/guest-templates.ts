import { type Check, failed, passed } from './check.ts';

/**
 * Defined and taken away again; the schema is libvirt's own, and so are the capabilities that it is held against. As many
 * at a time as there are processors: half of the time is programs that start. Held against the schema one by one, under
 * the lock that phyllome-guest takes and for its reason.
 */
const script = `one='
  name=phyllome-check-$1
  if told=$({ phyllome-guest new "$name" --os "$1" --dry-run > /run/$name.xml &&
    flock /usr/share/libvirt/schemas/domain.rng virsh -q -c qemu:///system "define --validate /run/$name.xml; undefine --nvram --tpm $name"; } 2>&1)
  then echo "$1 ok"
  else echo "$1 $(echo "$told" | tr "\\n" " ")"
  fi
  rm -f /run/$name.xml
'
phyllome-guest os | cut -d ' ' -f 1 | xargs -r -n 1 -P "$(nproc)" sh -c "$one" sh | sort`;

export const guestTemplates: Check = {
  id: 'guest-templates',
  title: 'a guest of each operating system can be defined',
  proves:
    "phyllome-guest makes a domain of each template; libvirt's schema accepts it, and its QEMU and firmware can do what it asks for.",
  needs: { machine: ['nested-virtualization'] },
  inputs: ['packages', 'units', 'files'],
  budgetSeconds: 60,
  async run({ guest }) {
    const { stdout } = await guest.run(script, { timeoutSeconds: 240 });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '');
    const wrong = lines.filter((line) => !line.endsWith(' ok'));
    if (lines.length === 0) return failed('there are no templates');
    return wrong.length === 0
      ? passed(`all ${lines.length} can`, lines)
      : failed(wrong.map((line) => line.trim()).join('; '), lines);
  },
};
