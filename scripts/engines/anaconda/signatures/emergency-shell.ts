import type { Signature } from './signature.ts';

export const emergencyShell: Signature = {
  id: 'emergency-shell',
  pattern: /Entering emergency mode|dracut-initqueue.*[Tt]imed? ?out|Warning: \/dev\/root does not exist/,
  cause: 'the installer did not find its own root image',
  advice: 'The volume id of the medium and inst.stage2 must agree; under emulation raise rd.timeout.',
  source: 'dracut-ng: modules.d/77dracut-systemd, initqueue',
  excerpt: ['dracut-initqueue[612]: Warning: dracut-initqueue: timeout, still waiting for following initqueue hooks:'],
};
