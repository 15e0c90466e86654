import { type Check, failed, passed } from './check.ts';

/** As the user and with the tools that libvirt uses, but with a certificate authority of its own in a temporary place. */
const script = `set -eu
d=$(mktemp -d /tmp/swtpm-check.XXXXXX)
trap 'rm -rf "$d"' EXIT
chown tss "$d"
install -d -o tss "$d/ca" "$d/state"
cat >"$d/localca.conf" <<END
statedir = $d/ca
signingkey = $d/ca/signkey.pem
issuercert = $d/ca/issuercert.pem
certserial = $d/ca/certserial
END
cat >"$d/setup.conf" <<END
create_certs_tool=$(command -v swtpm_localca)
create_certs_tool_config=$d/localca.conf
create_certs_tool_options=/etc/swtpm-localca.options
active_pcr_banks=sha256
END
cd /
runuser -u tss -- swtpm_setup --tpm2 --config "$d/setup.conf" --tpmstate "$d/state" --create-ek-cert --create-platform-cert --lock-nvram
runuser -u tss -- swtpm socket --tpm2 --tpmstate "dir=$d/state" --server "type=unixio,path=$d/tpm" --ctrl "type=unixio,path=$d/tpm.ctrl" --flags not-need-init,startup-clear --daemon
swtpm_ioctl --unix "$d/tpm.ctrl" -c
swtpm_ioctl --unix "$d/tpm.ctrl" -s
`;

const hostAuthority = '/var/lib/swtpm-localca';

export const swtpmTpm2: Check = {
  id: 'swtpm-tpm2',
  title: 'swtpm makes a TPM 2.0',
  proves:
    'As user tss, swtpm_setup makes a TPM 2.0 with certificates and swtpm answers on its control channel; the certificate authority of the host stays as it was.',
  inputs: ['packages', 'files'],
  // Every guest with a TPM waits for this when it is made.
  budgetSeconds: 30,
  async run({ guest }) {
    const made = await guest.run(script, { timeoutSeconds: 120, allowFailure: true });
    const evidence = `${made.stdout}\n${made.stderr}`.split('\n').filter((line) => line.trim() !== '');
    if (made.status !== 0) return failed(`making a TPM ended with status ${made.status}`, evidence.slice(-15));
    if (!/ptm capability is 0x[0-9a-f]+/i.test(made.stdout)) return failed('swtpm did not answer', evidence.slice(-15));
    const foreign = await guest.run(`find ${hostAuthority} ! -user tss 2>/dev/null; true`);
    const files = foreign.stdout.split('\n').filter((line) => line !== '');
    return files.length === 0
      ? passed('it answers', evidence.slice(-5))
      : failed(`${hostAuthority} holds files that are not of user tss: no virtual TPM can be made`, files);
  },
};
