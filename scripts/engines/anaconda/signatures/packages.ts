import type { Signature } from './signature.ts';

/** What goes wrong while repositories are read and packages are chosen, fetched and installed. */
export const packages: readonly Signature[] = [
  {
    id: 'no-space-for-packages',
    pattern: /Not enough disk space to download the packages/,
    cause: 'there is not enough space for the downloaded packages',
    advice: 'Free some space below /var/tmp on the builder, or make `part /` larger.',
    isFatal: true,
    kickstartCommand: 'part',
    source: 'anaconda 45.21: modules/payloads/base/utils.py',
    excerpt: ['Not enough disk space to download the packages; size 1.2 GiB.'],
  },
  {
    id: 'root-too-small',
    pattern:
      /installing package (?<package>\S+) needs .+ more space on the|Not enough space in file systems|insufficient disk space:/,
    cause: 'the packages do not fit into `part /`',
    advice: 'Raise --size of `part /` (rootSizeMiB of the base).',
    isFatal: true,
    kickstartCommand: 'part',
    source: 'rpm: lib/rpmprob.cc; anaconda 45.21: ui/lib/space.py, final in command line mode since 45.9',
    excerpt: [
      '  - installing package linux-firmware-20261010-1.fc44.noarch needs 312MB more space on the / filesystem',
    ],
  },
  {
    id: 'no-space-left',
    pattern: /No space left on device/,
    cause: 'a disk is full: `part /` when packaging.log says it, the directory of --tmp when program.log does',
    advice: 'Raise --size of `part /`, or free space in the work directory.',
    isFatal: true,
    source: 'Linux: strerror(ENOSPC), by mksquashfs and others',
    excerpt: ['2026-11-22 19:41:13,123 INFO: Write failed because No space left on device'],
  },
  {
    id: 'no-such-package',
    pattern: /(?:NoSuchPackage:? |No match for argument: |No package matches )'?(?<name>[\w.+*@^-]+)/,
    cause: 'the repositories have no package $<name>',
    advice: 'Check its name for this release; the base file maps logical names to packages.',
    kickstartWords: ['name'],
    source: 'dnf5 5.4.4: libdnf5/base/log_event.cpp',
    excerpt: ['No match for argument: qemu-kvm-croe'],
  },
  {
    id: 'unresolvable',
    pattern: /nothing provides (?<what>.+?) needed by (?<who>\S+)/,
    cause: 'no repository has $<what>, which $<who> needs',
    advice: 'A repository is missing, or two repositories are of different releases.',
    kickstartWords: ['who'],
    source: 'dnf5 5.4.4: libdnf5/base/solver_problems.cpp',
    excerpt: ['  - nothing provides libfoo.so.1()(64bit) needed by bar-1.0-1.fc44.x86_64 from fedora'],
  },
  {
    id: 'package-conflict',
    pattern: /package (?<one>\S+) from \S+ conflicts with (?<other>.+?) provided by/,
    cause: '$<one> conflicts with $<other>',
    advice: 'Leave one of them out.',
    kickstartWords: ['one', 'other'],
    source: 'dnf5 5.4.4: libdnf5/base/solver_problems.cpp',
    excerpt: [
      '  - package sdubby-1.0-14.fc44.noarch from fedora conflicts with grubby provided by grubby-8.40-85.fc44.x86_64 from fedora',
    ],
  },
  {
    id: 'selection-errors',
    pattern: /software marked for installation has errors/,
    cause: 'the selected packages cannot be installed together',
    advice: 'packaging.log names them.',
    isSymptom: true,
    kickstartCommand: '%packages',
    source: 'anaconda 45.21: modules/payloads/payload/dnf/dnf_manager.py',
    excerpt: ['The following software marked for installation has errors.'],
  },
  {
    id: 'download-failed',
    pattern: /Failed to download the following packages:? ?(?<names>.*)/,
    cause: 'packages could not be downloaded: $<names>',
    advice: 'Try again, or name another mirror in the base file.',
    source: 'anaconda 45.21: modules/payloads/payload/dnf/dnf_manager.py',
    excerpt: ['Failed to download the following packages: kernel-core-6.20.1-200.fc44.x86_64'],
  },
  {
    // One line says that the repository has no index, and why: the reason counts.
    id: 'no-name',
    pattern: /Curl error \((?:5|6)\).*?Could not resolve (?:host|proxy): (?<host>[^\s\],)]+)/,
    cause: 'the name $<host> could not be resolved: the builder has no DNS, or the name is wrong',
    advice: 'Check network, DNS and proxy of the builder (a container may lack resolv.conf), and the URL.',
    source: 'librepo: librepo/downloader.c; curl: lib/strerror.c; run with anaconda 44.35',
    excerpt: [
      'Failed to download metadata (mirrorlist: "https://mirrors.fedoraproject.org/mirrorlist?repo=fedora-44&arch=x86_64") for repository "anaconda": Cannot prepare internal mirrorlist: Curl error (6): Could not resolve hostname for https://mirrors.fedoraproject.org/mirrorlist?repo=fedora-44&arch=x86_64 [Could not resolve host: mirrors.fedoraproject.org]',
    ],
  },
  {
    id: 'unreachable',
    pattern: /Curl error \((?<code>\d+)\): (?<reason>[^[\n]+)/,
    cause: 'a download failed: $<reason>',
    advice: 'Check network and proxy of the builder; a mirror may be down.',
    source: 'librepo: librepo/downloader.c',
    excerpt: [
      'Failed to download metadata (mirrorlist: "https://mirrors.example.org/list") for repository "fedora": Cannot prepare internal mirrorlist: Curl error (28): Timeout was reached for https://mirrors.example.org/list [Connection timed out after 30001 milliseconds]',
    ],
  },
  {
    id: 'http-status',
    pattern: /Status code: (?<status>[45]\d\d) for (?<url>\S+)/,
    cause: 'the server answers $<status> for $<url>',
    advice: 'The path is wrong, or the release has moved to the archive.',
    source: 'librepo: librepo/downloader.c',
    excerpt: ['Status code: 404 for https://download.example.org/fedora/44/os/repodata/repomd.xml (IP: 192.0.2.1)'],
  },
  {
    id: 'no-repomd',
    pattern: /Failed to download metadata .*for repo(?:sitory)? ["'](?<repo>[^"']+)|Cannot download repomd\.xml/,
    cause: 'the repository $<repo> has no index at its address',
    advice: 'Check its URL and --releasever; a mirror may lag behind a release.',
    kickstartWords: ['repo'],
    source: 'dnf5 5.4.4: libdnf5/repo/repo.cpp; librepo: librepo/yum.c',
    excerpt: [
      'Failed to download metadata (metalink: "https://mirrors.fedoraproject.org/metalink?repo=updates-released-f44&arch=x86_64") for repository "fedora-updates": Cannot download repomd.xml: All mirrors were tried',
    ],
  },
  {
    id: 'no-repository',
    pattern: /No repository is configured/,
    cause: 'no package source is configured',
    advice: 'Check url and repo lines; a repo must not be called "updates".',
    isSymptom: true,
    kickstartCommand: 'url',
    source: 'anaconda 45.21: modules/payloads/payload/dnf/initialization.py',
    excerpt: ['No repository is configured.'],
  },
  {
    id: 'gpg-check',
    pattern: /OpenPGP check for package .+ has failed|Signature verification failed\.|GPG check FAILED/,
    cause: 'a package’s signature could not be verified',
    advice:
      'Install the distribution’s keys (fedora-gpg-keys) on the builder, or name the key in the repository’s file.',
    source: 'dnf5 5.4.4: libdnf5/base/transaction.cpp; dnf 4: dnf/cli/cli.py',
    excerpt: [
      'OpenPGP check for package "bash-5.3.9-3.fc44.x86_64" (/var/tmp/bash-5.3.9-3.fc44.x86_64.rpm) from repo "fedora" has failed: Public key is not installed.',
    ],
  },
  {
    id: 'scriptlet',
    pattern:
      /Error - \S+, (?<nevra>\S+), (?<type>[%\w]+), [1-9]\d*\s*$|(?<part>%\w+)\((?<name>[^)]+)\) scriptlet failed|Error in (?<kind>[%\w]+) scriptlet(?: in rpm package|:) (?<package>\S+)/,
    cause: 'the $<type>$<part>$<kind> scriptlet of $<nevra>$<name>$<package> failed',
    advice: 'Often no space is left, or /proc is missing; dnf.log and packaging.log have its output.',
    kickstartWords: ['nevra', 'name', 'package'],
    source:
      'anaconda 45.21: modules/payloads/payload/dnf/transaction_progress.py; rpm: lib/rpmscript.cc; dnf 4: dnf/yum/rpmtrans.py',
    excerpt: [
      'DEBUG:anaconda.modules.payloads.payload.dnf.transaction_progress:Error - kernel-core-6.20.1-200.fc44.x86_64, kernel-core-0:6.20.1-200.fc44.x86_64, %posttrans, 1',
    ],
  },
  {
    id: 'transaction-package',
    pattern: /An error occurred during the transaction: (?<package>\S+\.(?:x86_64|noarch|i686|aarch64))\b/,
    cause: 'package $<package> could not be installed: its files could not be written, or its scriptlet failed',
    advice: 'Look for its name in dnf.log; often no space is left.',
    isSymptom: true,
    kickstartWords: ['package'],
    source: 'anaconda 45.21: modules/payloads/payload/dnf/transaction_progress.py',
    excerpt: [
      'The exact error message is: ',
      '',
      'An error occurred during the transaction: kernel-core-6.20.1-200.fc44.x86_64.',
    ],
  },
  {
    id: 'transaction-errors',
    pattern: /transaction process has ended (?:with errors|abruptly)/,
    cause: 'the package transaction ended with errors',
    advice: 'packaging.log names the packages.',
    isSymptom: true,
    source:
      'anaconda 45.21: modules/payloads/payload/dnf/dnf_manager.py; github.com/rhinstaller/kickstart-tests issue 1618',
    excerpt: [
      '00:56:08,447 WARNING org.fedoraproject.Anaconda.Modules.Payloads:pyanaconda.modules.common.errors.installation.PayloadInstallationError: An error occurred during the transaction: The transaction process has ended with errors.',
    ],
  },
];
