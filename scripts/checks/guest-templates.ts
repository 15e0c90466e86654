import { type Check, failed, passed } from './check.ts';
import { guestOptions, madeUpHost } from './guest-options.ts';

/**
 * Defined and taken away again; the schema is libvirt's own, and so are the capabilities that it is held against. As many
 * at a time as there are processors: half of the time is programs that start. Held against the schema one by one, under
 * the lock that phyllome-guest takes and for its reason.
 */
const script = `export place=/run/phyllome-check
one='
  label=$1 name=phyllome-check-$1
  shift
  if told=$({ "$@" > $place/$name.xml &&
    flock /usr/share/libvirt/schemas/domain.rng virsh -q -c qemu:///system "define --validate $place/$name.xml; undefine --nvram --tpm $name"; } 2>&1)
  then echo "$label ok"
  else echo "$label $(echo "$told" | tr "\\n" " ")"
  fi
'
mkdir -p $place
${madeUpHost}
{
  phyllome-guest os | while read -r os _; do echo "$os phyllome-guest new phyllome-check-$os --os $os --dry-run"; done
${guestOptions
  .map(
    ({ name, words }) =>
      `  echo "${name} env PHYLLOME_GUEST_ROOT=$place/root PHYLLOME_GUEST_TEMPLATES=/usr/share/phyllome/guests phyllome-guest new phyllome-check-${name} ${words} --dry-run"`,
  )
  .join('\n')}
} | xargs -r -L 1 -P "$(nproc)" sh -c "$one" sh | sort
rm -rf $place`;

export const guestTemplates: Check = {
  id: 'guest-templates',
  title: 'a guest of each operating system, and with each option, can be defined',
  proves:
    "phyllome-guest makes a domain of each template, and of every option that puts something into one; libvirt's schema accepts it, and its QEMU and firmware can do what it asks for.",
  needs: { machine: ['nested-virtualization'] },
  inputs: ['packages', 'units', 'files'],
  budgetSeconds: 80,
  async run({ guest }) {
    const { stdout } = await guest.run(script, { timeoutSeconds: 240 });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '');
    const templates = lines.filter((line) => !guestOptions.some(({ name }) => line.startsWith(`${name} `)));
    if (templates.length === 0) return failed('there are no templates');
    const unasked = guestOptions.filter(({ name }) => !lines.some((line) => line.startsWith(`${name} `)));
    const wrong = [
      ...lines.filter((line) => !line.endsWith(' ok')),
      ...unasked.map(({ name }) => `${name} was not asked for`),
    ];
    return wrong.length === 0
      ? passed(`all ${templates.length} can, and with every option`, lines)
      : failed(wrong.map((line) => line.trim()).join('; '), lines);
  },
};
