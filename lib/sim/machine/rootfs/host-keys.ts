// The SSH host keys that openssh-server's installation made: of each host its own, the same at every start. Nothing is computed before somebody reads
// a file: each kind's numbers always have the same lengths, so the sizes are known before.
import { encode } from "../../kernel/sys.ts";
import { digestOf } from "../../programs/kit/crypto/named-digest.ts";
import type { PackageFile } from "../../programs/kit/package.ts";
import { type KeyKind, type PrivateKey, publicLine } from "../../programs/openssh-client/_key.ts";
import { privateFile } from "../../programs/openssh-client/_private-file.ts";
import { keyFrom } from "../../programs/openssh-client/_private-key.ts";
import { field } from "../../programs/openssh-client/_fields.ts";
import type { HostDescription } from "../host-description.ts";

type HostKeyKind = Exclude<KeyKind, "dsa">;

const BITS: Readonly<Record<HostKeyKind, number>> = { rsa: 3072, ecdsa: 256, ed25519: 256 };
/** Bytes of the public key behind the type's name, and of the private section's fields. */
const SIZES: Readonly<Record<HostKeyKind, { readonly type: string; readonly open: number; readonly secret: number }>> = {
  rsa: { type: "ssh-rsa", open: 7 + 389, secret: 389 + 7 + 388 + 196 + 197 + 197 },
  ecdsa: { type: "ecdsa-sha2-nistp256", open: 12 + 69, secret: 12 + 69 + 37 },
  ed25519: { type: "ssh-ed25519", open: 36, secret: 36 + 68 },
};

/** Bytes that follow from a text alone. The highest bit of each draw is set and the next one clear: a secret number of ECDSA always has 33 bytes in the
 * file and is below the order of its curve. */
function bytesFrom(seed: string): (length: number) => Uint8Array {
  let count = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 64) bytes.set(digestOf("sha512", encode(`${seed}/${count++}`)).subarray(0, length - at), at);
    bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x80;
    return bytes;
  };
}

/** A key's two files. */
interface KeyTexts {
  readonly secret: string;
  readonly open: string;
}

function textsOf(key: PrivateKey, random: (length: number) => Uint8Array): KeyTexts {
  return { secret: privateFile(key, random), open: `${publicLine(key)}\n` };
}

interface LazyKey {
  readonly openFile: Pick<PackageFile, "content" | "contentBytes">;
  readonly secretFile: Pick<PackageFile, "content" | "contentBytes">;
}

function lazyKey(kind: HostKeyKind, seed: string, comment: string): LazyKey {
  let made: KeyTexts | undefined;
  const texts = (): KeyTexts => {
    const random = bytesFrom(seed);
    const key = made === undefined ? keyFrom(kind, BITS[kind], comment, random) : undefined;
    if (key !== undefined) made = textsOf(key, random);
    return made ?? { secret: "", open: "" };
  };
  const { type, open, secret } = SIZES[kind];
  const name = field(type);
  const blob = new Uint8Array(name.length + open);
  blob.set(name);
  // as long as the real ones
  const model = textsOf({ kind, comment, blob, secret: new Uint8Array(secret) }, (length) => new Uint8Array(length));
  return {
    openFile: { content: () => encode(texts().open), contentBytes: model.open.length },
    secretFile: { content: () => encode(texts().secret), contentBytes: model.secret.length },
  };
}

export function hostKeyFiles(host: HostDescription): readonly PackageFile[] {
  return (["rsa", "ecdsa", "ed25519"] as const).flatMap((kind): readonly PackageFile[] => {
    const { openFile, secretFile } = lazyKey(kind, `${host.name}/${kind}`, `root@${host.hostname}`);
    const path = `/etc/ssh/ssh_host_${kind}_key`;
    return [{ path, ...secretFile, mode: 0o600 }, { path: `${path}.pub`, ...openFile, mode: 0o644 }];
  });
}

/** A person's key pair, the same at every start. */
export function personKey(seed: string, comment: string): LazyKey {
  return lazyKey("ed25519", seed, comment);
}

/** The key that the terminals of the world come in with: a line of authorized_keys. */
export const workplaceKey = personKey("workplace", "workplace").openFile;
