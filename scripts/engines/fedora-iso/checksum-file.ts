/** The SHA-256 that a CHECKSUM file of Fedora's gives for a file name: lines `SHA256 (NAME) = HEX`. */
export function checksumFor(name: string, text: string): string | undefined {
  return text
    .split('\n')
    .map((line) => /^SHA256 \((.+)\) = ([0-9a-f]{64})\s*$/.exec(line))
    .find((match) => match?.[1] === name)?.[2];
}
