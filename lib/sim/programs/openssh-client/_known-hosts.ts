// ~/.ssh/known_hosts (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): names in clear, with wildcards and ports, or hashed with a salt.
import { type Blocking, concatBytes, encode, type Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { Sha1 } from "../kit/digest/sha1.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { base64Of, bytesOfBase64 } from "../kit/base64.ts";
import { parsePublicLine, type PublicKey, publicLine } from "./_key.ts";

export interface KnownHost {
  /** from 1 */
  readonly line: number;
  readonly text: string;
  readonly hosts: string;
  readonly marker: string | undefined;
  readonly key: PublicKey;
}

/** HMAC (RFC 2104) with SHA-1, as hashed names use it. */
function hmacSha1(key: Uint8Array, message: Uint8Array): Uint8Array {
  const pad = (fill: number): Uint8Array => Uint8Array.from({ length: 64 }, (_, index) => (key[index] ?? 0) ^ fill);
  const digest = (bytes: Uint8Array): Uint8Array => {
    const hasher = new Sha1();
    hasher.update(bytes);
    return hasher.digest();
  };
  return digest(concatBytes([pad(0x5c), digest(concatBytes([pad(0x36), message]))]));
}

export function hashedName(name: string, salt: Uint8Array): string {
  return `|1|${base64Of(salt)}|${base64Of(hmacSha1(salt, encode(name)))}`;
}

/** The name that a port other than 22 is known by. */
export function nameWithPort(host: string, port: number): string {
  return port === 22 ? host : `[${host}]:${port}`;
}

/** match_pattern of OpenSSH: only * and ? mean more than themselves, so [host]:port is a name. */
function matchesPattern(pattern: string, name: string): boolean {
  return compileFnmatch(pattern.replace(/[[\]\\]/g, "\\$&"))(name);
}

export function matchesHost(hosts: string, name: string): boolean {
  const hashed = /^\|1\|([^|]+)\|(.+)$/.exec(hosts);
  if (hashed) {
    const salt = bytesOfBase64(hashed[1] ?? "");
    return salt !== undefined && hashedName(name, salt) === hosts;
  }
  let found = false;
  for (const pattern of hosts.split(",")) {
    if (matchesPattern(pattern.replace(/^!/, ""), name)) {
      if (pattern.startsWith("!")) return false;
      found = true;
    }
  }
  return found;
}

export function parseKnownHosts(text: string): readonly KnownHost[] {
  return text.split("\n").flatMap((line, index) => {
    const match = /^\s*(?:(@\S+)\s+)?([^#\s]\S*)\s+(.*)$/.exec(line);
    const key = match ? parsePublicLine(match[3] ?? "") : undefined;
    return key === undefined ? [] : [{ line: index + 1, text: line, hosts: match?.[2] ?? "", marker: match?.[1], key }];
  });
}

export function* readKnownHosts(sys: Sys, path: string): Blocking<readonly KnownHost[]> {
  return parseKnownHosts((yield* readTextFile(sys, path)) ?? "");
}

/** The line that is added for a host. Debian's client hashes names (HashKnownHosts yes). */
export function knownHostLine(name: string, key: PublicKey, salt: Uint8Array | undefined): string {
  return `${salt === undefined ? name : hashedName(name, salt)} ${publicLine({ ...key, comment: "" })}`;
}
