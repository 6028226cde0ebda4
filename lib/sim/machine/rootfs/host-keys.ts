// The SSH host keys that openssh-server's installation made: of each host its own, the same at every start.
import { encode } from "../../kernel/sys.ts";
import { Sha512 } from "../../programs/kit/digest/sha512.ts";
import type { PackageFile } from "../../programs/kit/package.ts";
import { makeKey, privateFile, publicLine } from "../../programs/openssh-client/_key.ts";
import type { HostDescription } from "../host-description.ts";

/** Bytes that follow from a text alone. */
function bytesFrom(seed: string): (length: number) => Uint8Array {
  let count = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 64) {
      const hasher = new Sha512();
      hasher.update(encode(`${seed}/${count++}`));
      bytes.set(hasher.digest().subarray(0, length - at), at);
    }
    return bytes;
  };
}

export function hostKeyFiles(host: HostDescription): readonly PackageFile[] {
  return (["rsa", "ecdsa", "ed25519"] as const).flatMap((kind): readonly PackageFile[] => {
    const random = bytesFrom(`${host.name}/${kind}`);
    const key = makeKey(kind, kind === "rsa" ? 3072 : 256, `root@${host.hostname}`, random);
    const path = `/etc/ssh/ssh_host_${kind}_key`;
    return [
      { path, text: privateFile(key, "", random), mode: 0o600 },
      { path: `${path}.pub`, text: `${publicLine(key)}\n`, mode: 0o644 },
    ];
  });
}

/** A person's key pair, the same at every start. */
export function personKey(seed: string, comment: string): { readonly privateText: string; readonly publicText: string } {
  const random = bytesFrom(seed);
  const key = makeKey("ed25519", 256, comment, random);
  return { privateText: privateFile(key, "", random), publicText: `${publicLine(key)}\n` };
}

/** The key that the terminals of the world come in with: a line of authorized_keys. */
export const workplaceKey = `${publicLine(makeKey("ed25519", 256, "workplace", bytesFrom("workplace")))}\n`;
