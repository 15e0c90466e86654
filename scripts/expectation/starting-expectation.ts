/** The text of a new expectation: it fits any Linux image as it is, and its comments show what can be said. */
export function startingExpectation(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
summary: what is expected of the image, in a few words

#boot:
#  reaches: login          # loader, screen (when absent), login, or system: one that takes the lab's agent
#  withinSeconds: 120      # at the reference speed, as all times here
#  menu:                   # at the loader's menu; Enter when absent
#    - press: [tab]
#    - type: " console=ttyS0\\n"
#  allowed: [kernel-warning]   # bad lines that are known, by the ids that reports name

# One after the other, once it is there.
#steps:
#  - see: "Select a language"        # on serial console or display; \`on: serial\`, \`matches: true\` for a regular expression
#    withinSeconds: 30
#  - press: [down]
#    times: 2
#  - type: "root\\n"                  # on the display's keyboard; \`on: serial\`
#  - picture: {left: 25, top: 25, width: 50, height: 50}   # in hundredths: not of one colour
#  - reboot: true
#  - powerCut: true

# What only the system itself can tell, where its systemd is 256 or newer.
#units: {ssh.service: active, bluetooth.service: absent}
#kernelArguments: [quiet]
#files:
#  - path: /etc/hostname
#    contains: host
#commands:
#  - run: id -u nobody
#    output: "65534"
#ports: [22]
#packages: [openssh-server]
#memoryMiB: 300
#checks: [no-failed-units]   # any of \`phyllome checks\`
#scenarios: [reboot]         # any of scripts/lab/README.md that does not need to know how the image was made

#disksUntouched: true      # with \`--topology empty-disk\`, for one
`;
}
