/** What is wrong with a line that should be a public key, in words that never repeat it: it may be a secret. */
export interface KeyProblem {
  readonly code: 'placeholder-key' | 'private-key' | 'weak-key' | 'wrong-key';
  readonly message: string;
  readonly hint: string;
}

const MAKE = '`ssh-keygen -t ed25519` makes a pair, and `cat ~/.ssh/id_ed25519.pub` prints the public half of it';
const COPY = 'copy the whole line of the file that ends in `.pub` once more';
const COORDINATE: Readonly<Record<string, number>> = { nistp256: 32, nistp384: 48, nistp521: 66 };
/** What OpenSSH itself makes and advises at least. */
const LEAST_RSA_BITS = 2048;

/** Decodes one line of a public key file, as sshd would; undefined where it lets its owner in. */
export function keyProblem(line: string): KeyProblem | undefined {
  return problemOfText(line) ?? problemOfWords(line.trim().split(/[ \t]+/));
}

function problemOfText(line: string): KeyProblem | undefined {
  if (/PRIVATE KEY|PuTTY-User-Key-File/.test(line)) {
    const hint =
      'it stays where it is, and nobody else sees it. The public half is in the file beside it that ends in `.pub`';
    return { code: 'private-key', message: 'this is a private key', hint };
  }
  if (/^\s*$|^your|^[^ \t]*[<>…]|^[^ \t]*\.\.\.|^[^ \t]+[ \t]+[^ \t]*(?:[<>…]|\.\.\.)/i.test(line)) {
    return {
      code: 'placeholder-key',
      message: 'this stands for a key: put your own public key in its place',
      hint: MAKE,
    };
  }
  if (/BEGIN SSH2 PUBLIC KEY|BEGIN (?:RSA )?PUBLIC KEY/.test(line)) {
    const message = 'this is a public key in the format of another program';
    return wrong(
      message,
      '`ssh-keygen -i -f FILE` prints it as OpenSSH writes it (`-m PKCS8` before the file for `BEGIN PUBLIC KEY`)',
    );
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u0008\u000a-\u001f\u007f\u0085\u2028\u2029]/.test(line.trim())) {
    return wrong('a public key is one line', COPY);
  }
  return undefined;
}

function problemOfWords([type = '', body = '']: readonly string[]): KeyProblem | undefined {
  if (type === 'ssh-dss') return weak('DSA is broken, and sshd takes no such key');
  if (/-cert-v0[01]@openssh\.com$/.test(type)) {
    return wrong('this is a certificate', 'give the key itself: the file that ends in `.pub` and not in `-cert.pub`');
  }
  if (!Object.hasOwn(readers, type)) {
    const isBare = type.startsWith('AAAA');
    return wrong(
      isBare ? 'the type in front of the key is missing' : 'this does not begin with a type of key that sshd knows',
      isBare
        ? COPY
        : `a line such as \`ssh-ed25519 AAAAC3Nz… you@computer\`; types: ${Object.keys(readers).join(', ')}`,
    );
  }
  if (body === '') return wrong('the key behind its type is missing', COPY);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return wrong('the key holds characters that no key has', COPY);
  const fields = new Fields(Buffer.from(body, 'base64'));
  const inside = fields.text();
  if (inside === undefined) return cutShort;
  if (inside !== type) {
    const told =
      Object.hasOwn(readers, inside) || inside === 'ssh-dss'
        ? `it is a key of the type \`${inside}\``
        : 'what follows is no such key';
    return wrong(`the line says \`${type}\`, but ${told}`, COPY);
  }
  const problem = readers[type]?.(fields, type);
  if (problem !== undefined) return problem;
  return fields.isAtEnd ? undefined : wrong('something follows the key that does not belong to it', COPY);
}

const readers: Readonly<Record<string, (fields: Fields, type: string) => KeyProblem | undefined>> = {
  'ssh-ed25519': ed25519,
  'ecdsa-sha2-nistp256': ecdsa,
  'ecdsa-sha2-nistp384': ecdsa,
  'ecdsa-sha2-nistp521': ecdsa,
  'sk-ssh-ed25519@openssh.com': (fields, type) => ed25519(fields) ?? application(fields, type),
  'sk-ecdsa-sha2-nistp256@openssh.com': (fields, type) => ecdsa(fields, type) ?? application(fields, type),
  'ssh-rsa': rsa,
};

function ed25519(fields: Fields): KeyProblem | undefined {
  const point = fields.bytes();
  if (point === undefined) return cutShort;
  return point.length === 32 ? undefined : damaged;
}

function ecdsa(fields: Fields, type: string): KeyProblem | undefined {
  const curve = fields.text();
  const point = fields.bytes();
  if (curve === undefined || point === undefined) return cutShort;
  const size = COORDINATE[curve];
  const fits = type.includes(curve) && size !== undefined && point[0] === 4 && point.length === 1 + 2 * size;
  return fits ? undefined : damaged;
}

/** What a security key signs for, such as `ssh:`. */
function application(fields: Fields, _: string): KeyProblem | undefined {
  const text = fields.text();
  return text === undefined ? cutShort : text === '' ? damaged : undefined;
}

function rsa(fields: Fields): KeyProblem | undefined {
  const exponent = fields.bytes();
  const modulus = fields.bytes();
  if (exponent === undefined || modulus === undefined) return cutShort;
  const first = modulus.findIndex((byte) => byte !== 0);
  if (exponent.length === 0 || first < 0) return damaged;
  const bits = (modulus.length - first) * 8 - Math.clz32(modulus[first] ?? 0) + 24;
  return bits < LEAST_RSA_BITS ? weak(`RSA of ${bits} bits is too weak: ${LEAST_RSA_BITS} are the least`) : undefined;
}

const wrong = (message: string, hint: string): KeyProblem => ({ code: 'wrong-key', message, hint });
const weak = (message: string): KeyProblem => ({ code: 'weak-key', message, hint: MAKE });
const cutShort = wrong('the key is cut short', COPY);
const damaged = wrong('the key is damaged', COPY);

/** Length-prefixed fields, as SSH writes them (RFC 4251, section 5). */
class Fields {
  readonly #data: Buffer;
  #at = 0;

  constructor(data: Buffer) {
    this.#data = data;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#data.length;
  }

  /** The next field; undefined where the data ends before it does. */
  bytes(): Buffer | undefined {
    if (this.#at + 4 > this.#data.length) return undefined;
    const length = this.#data.readUInt32BE(this.#at);
    const end = this.#at + 4 + length;
    if (end > this.#data.length) return undefined;
    const field = this.#data.subarray(this.#at + 4, end);
    this.#at = end;
    return field;
  }

  text(): string | undefined {
    return this.bytes()?.toString('latin1');
  }
}
