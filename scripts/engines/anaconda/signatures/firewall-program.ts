import type { Signature } from './signature.ts';

export const firewallProgram: Signature = {
  id: 'firewall-program',
  pattern: /firewall-offline-cmd is missing/,
  cause: 'the kickstart has a firewall line, and firewalld is not installed',
  advice: 'Add firewalld, or remove the line.',
  kickstartCommand: 'firewall',
  source: 'anaconda 45.21: modules/network/firewall/installation.py',
  excerpt: ['/usr/bin/firewall-offline-cmd is missing. Cannot setup firewall.'],
};
