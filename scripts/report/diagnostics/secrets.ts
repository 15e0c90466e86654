/** Password hashes, the values of kickstart options and of YAML keys that hold a password or passphrase, and minisign's secret keys. */
const SECRETS = [
  /(?<secret>\$(?:y|gy|7|2[abxy]|1|5|6)\$[./A-Za-z0-9$=,]+)/g,
  /--(?:password|passphrase|hibernation-passphrase|hw-passphrase)[= ](?<secret>"[^"]*"|'[^']*'|\S+)/g,
  /^[\s-]*(?:password|passwordHash|passphrase):\s+(?<secret>\S.*)/g,
  /(?<secret>RW(?:RTY0Iy|QAAEIy)[A-Za-z0-9+/=]+)/g,
  /BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?<secret>.+)/g,
  /^\s*rootpw\b(?:\s+--\S+)*\s+(?!--|\s)(?<secret>"[^"]*"|'[^']*'|\S+)/g,
];

/** The text with secrets blotted out. It keeps its length, so that places in it stay right. */
export function withoutSecrets(text: string): string {
  // What stands before a secret is matched, too: looking back from each character would take forever on a long line.
  return SECRETS.reduce(
    (shown, pattern) =>
      shown.replace(
        pattern,
        (found, secret: string) => `${found.slice(0, -secret.length)}${'•'.repeat(secret.length)}`,
      ),
    text,
  );
}
