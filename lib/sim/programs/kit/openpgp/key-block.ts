// A key with its user IDs, subkeys and their signatures: a transferable public key (RFC 4880, section 11.1), and what follows from it.
import { concatBytes, decode } from "../../../kernel/sys.ts";
import { BadPacket, BodyReader, type Packet, packet, readUint32, TAG } from "./packet.ts";
import { keyIdText, type PublicKeyPacket, readPublicKey, sameBytes } from "./public-key.ts";
import { checks, createdSeconds, found, issuerId, keyData, parseSignature, SIGNATURE, type Signature, SUBPACKET, userData } from "./signature.ts";

export interface UserId {
  readonly bytes: Uint8Array;
  readonly signatures: Signature[];
}

export interface Subkey {
  readonly key: PublicKeyPacket;
  readonly signatures: Signature[];
}

export interface KeyBlock {
  readonly key: PublicKeyPacket;
  /** revocations and direct signatures */
  readonly signatures: Signature[];
  readonly users: UserId[];
  readonly subkeys: Subkey[];
  /** the private parts, in the order of the keys, where the packets are secret ones */
  readonly secrets: ReadonlyMap<string, Uint8Array>;
}

export function userText(user: UserId): string {
  return decode(user.bytes);
}

/** The key blocks among packets. What cannot be read (an attribute, a signature of another version) is left out. */
export function keyBlocks(packets: readonly Packet[]): KeyBlock[] {
  const blocks: KeyBlock[] = [];
  let block: (KeyBlock & { readonly secrets: Map<string, Uint8Array> }) | undefined;
  let target: Signature[] | undefined;
  for (const { tag, body } of packets) {
    try {
      if (tag === TAG.PUBLIC_KEY || tag === TAG.SECRET_KEY) {
        block = undefined;
        const reader = new BodyReader(body);
        const key = readPublicKey(reader);
        block = { key, signatures: [], users: [], subkeys: [], secrets: new Map() };
        if (tag === TAG.SECRET_KEY) block.secrets.set(keyIdText(key), reader.rest());
        target = block.signatures;
        blocks.push(block);
      } else if (block === undefined) continue;
      else if (tag === TAG.USER_ID) {
        target = [];
        block.users.push({ bytes: body, signatures: target });
      } else if (tag === TAG.PUBLIC_SUBKEY || tag === TAG.SECRET_SUBKEY) {
        target = undefined;
        const reader = new BodyReader(body);
        const key = readPublicKey(reader);
        target = [];
        block.subkeys.push({ key, signatures: target });
        if (tag === TAG.SECRET_SUBKEY) block.secrets.set(keyIdText(key), reader.rest());
      } else if (tag === TAG.SIGNATURE) target?.push(parseSignature(body));
      else if (tag === TAG.ATTRIBUTE) target = undefined;
    } catch (error) {
      if (!(error instanceof BadPacket)) throw error;
    }
  }
  return blocks;
}

/** Its packets; `secretOf` gives the private part of a key that is to be written as a secret one. */
export function keyBlockBytes(block: KeyBlock, secretOf: (key: PublicKeyPacket) => Uint8Array | undefined = () => undefined, keeps: (signature: Signature) => boolean = () => true): Uint8Array {
  const keyPacket = (key: PublicKeyPacket, open: number, secret: number): Uint8Array => {
    const secretPart = secretOf(key);
    return secretPart === undefined ? packet(open, key.body) : packet(secret, concatBytes([key.body, secretPart]));
  };
  const signed = (signatures: readonly Signature[]): Uint8Array[] => signatures.filter(keeps).map(({ body }) => packet(TAG.SIGNATURE, body));
  return concatBytes([
    keyPacket(block.key, TAG.PUBLIC_KEY, TAG.SECRET_KEY), ...signed(block.signatures),
    ...block.users.flatMap(({ bytes, signatures }) => [packet(TAG.USER_ID, bytes), ...signed(signatures)]),
    ...block.subkeys.flatMap(({ key, signatures }) => [keyPacket(key, TAG.PUBLIC_SUBKEY, TAG.SECRET_SUBKEY), ...signed(signatures)]),
  ]);
}

/** Results of checks that were made before: the same signatures are looked at again and again. */
const checked = new WeakMap<Signature, Map<string, boolean>>();

function holds(signature: Signature, data: () => readonly Uint8Array[], key: PublicKeyPacket): boolean {
  const known = checked.get(signature) ?? new Map<string, boolean>();
  checked.set(signature, known);
  const id = keyIdText(key);
  const result = known.get(id) ?? checks(signature, data(), key);
  known.set(id, result);
  return result;
}

/** Whether a signature on a user ID is the key's. */
export function certifies(signature: Signature, block: KeyBlock, user: UserId, signer: PublicKeyPacket): boolean {
  return holds(signature, () => [keyData(block.key), userData(user.bytes)], signer);
}

export function bindsSubkey(signature: Signature, block: KeyBlock, subkey: Subkey): boolean {
  return holds(signature, () => [keyData(block.key), keyData(subkey.key)], block.key);
}

export function concernsKey(signature: Signature, block: KeyBlock): boolean {
  return holds(signature, () => [keyData(block.key)], block.key);
}

const isCertification = ({ type }: Signature): boolean => type >= SIGNATURE.GENERIC && type <= SIGNATURE.POSITIVE;

const newest = (signatures: readonly Signature[]): Signature | undefined => signatures.reduce<Signature | undefined>((best, one) => (best === undefined || createdSeconds(one) >= createdSeconds(best) ? one : best), undefined);

/** The key's own newest signature on a user ID. */
export function selfSignature(block: KeyBlock, user: UserId): Signature | undefined {
  const id = keyIdText(block.key);
  return newest(user.signatures.filter((one) => isCertification(one) && issuerId(one) === id && certifies(one, block, user, block.key)));
}

export function userRevocation(block: KeyBlock, user: UserId): Signature | undefined {
  const id = keyIdText(block.key);
  const own = selfSignature(block, user);
  const last = newest(user.signatures.filter((one) => one.type === SIGNATURE.REVOKE_USER && issuerId(one) === id && certifies(one, block, user, block.key)));
  return last !== undefined && (own === undefined || createdSeconds(last) >= createdSeconds(own)) ? last : undefined;
}

export function keyRevocation(block: KeyBlock): Signature | undefined {
  return block.signatures.find((one) => one.type === SIGNATURE.REVOKE_KEY && concernsKey(one, block));
}

export function bindingOf(block: KeyBlock, subkey: Subkey): Signature | undefined {
  return newest(subkey.signatures.filter((one) => one.type === SIGNATURE.SUBKEY && bindsSubkey(one, block, subkey)));
}

export function subkeyRevocation(block: KeyBlock, subkey: Subkey): Signature | undefined {
  return subkey.signatures.find((one) => one.type === SIGNATURE.REVOKE_SUBKEY && bindsSubkey(one, block, subkey));
}

/** The user ID that is shown and used first, and the signature that speaks for the key. */
export function primaryUser(block: KeyBlock): UserId | undefined {
  const usable = block.users.filter((user) => selfSignature(block, user) !== undefined && userRevocation(block, user) === undefined);
  const candidates = usable.length > 0 ? usable : block.users;
  const flagged = candidates.filter((user) => (selfSignature(block, user)?.hashed ?? []).some((one) => one.type === SUBPACKET.PRIMARY && (one.body[0] ?? 0) !== 0));
  const time = (user: UserId): number => {
    const own = selfSignature(block, user);
    return own === undefined ? 0 : createdSeconds(own);
  };
  return (flagged.length > 0 ? flagged : candidates).reduce<UserId | undefined>((best, one) => (best === undefined || time(one) > time(best) ? one : best), undefined);
}

function mainSignature(block: KeyBlock): Signature | undefined {
  const user = primaryUser(block);
  return user === undefined ? newest(block.signatures.filter((one) => one.type === SIGNATURE.DIRECT && concernsKey(one, block))) : selfSignature(block, user);
}

function expiry(key: PublicKeyPacket, signature: Signature | undefined): number | undefined {
  const body = signature === undefined ? undefined : found(signature, SUBPACKET.KEY_EXPIRES);
  const seconds = body === undefined ? 0 : readUint32(body);
  return seconds === 0 ? undefined : key.createdSeconds + seconds;
}

/** Epoch seconds; undefined for a key that never expires. */
export function keyExpiry(block: KeyBlock): number | undefined {
  return expiry(block.key, mainSignature(block));
}

export function subkeyExpiry(block: KeyBlock, subkey: Subkey): number | undefined {
  return expiry(subkey.key, bindingOf(block, subkey));
}

/** Letters of what it may do, in GnuPG's order: S, C, E, A. */
function usage(key: PublicKeyPacket, signature: Signature | undefined, primary: boolean): string {
  const flags = signature === undefined ? undefined : found(signature, SUBPACKET.FLAGS);
  const able = key.algorithm <= 3 ? "SCEA" : key.algorithm === 16 || key.algorithm === 18 ? "E" : "SCA";
  if (flags === undefined) return primary ? able.replace("E", able === "SCEA" ? "E" : "") : able.replace("C", "");
  const bits = flags[0] ?? 0;
  const wanted = new Map([["S", 2], ["C", 1], ["E", 12], ["A", 32]]);
  return [...able].filter((letter) => (bits & (wanted.get(letter) ?? 0)) !== 0).join("");
}

export function keyUsage(block: KeyBlock): string {
  const letters = usage(block.key, mainSignature(block), true);
  return letters.includes("C") ? letters : letters.includes("S") ? letters.replace("S", "SC") : `C${letters}`;
}

export function subkeyUsage(block: KeyBlock, subkey: Subkey): string {
  return usage(subkey.key, bindingOf(block, subkey), false);
}

/** Preferred algorithms of the key's owner: ciphers, digests, compressions. */
export function preferences(block: KeyBlock, type: number): readonly number[] {
  const signature = mainSignature(block);
  return [...((signature === undefined ? undefined : found(signature, type)) ?? [])];
}

/** What the other block has beside this one. */
export function merged(block: KeyBlock, other: KeyBlock): { readonly block: KeyBlock; readonly newUsers: number; readonly newSubkeys: number; readonly newSignatures: number; readonly newRevocations: number } {
  let [newUsers, newSubkeys, newSignatures, newRevocations] = [0, 0, 0, 0];
  const join = (mine: readonly Signature[], theirs: readonly Signature[], count: (one: Signature) => void): Signature[] => {
    const all = [...mine];
    for (const one of theirs) {
      if (all.some((known) => sameBytes(known.body, one.body))) continue;
      all.push(one);
      count(one);
    }
    return all;
  };
  const signatures = join(block.signatures, other.signatures, (one) => {
    if (one.type === SIGNATURE.REVOKE_KEY) newRevocations++;
    else newSignatures++;
  });
  const users = block.users.map((user) => {
    const same = other.users.find((one) => sameBytes(one.bytes, user.bytes));
    return same === undefined ? user : { bytes: user.bytes, signatures: join(user.signatures, same.signatures, () => newSignatures++) };
  });
  for (const user of other.users) {
    if (block.users.some((one) => sameBytes(one.bytes, user.bytes))) continue;
    users.push(user);
    newUsers++;
  }
  const subkeys = block.subkeys.map((subkey) => {
    const same = other.subkeys.find((one) => sameBytes(one.key.body, subkey.key.body));
    return same === undefined ? subkey : { key: subkey.key, signatures: join(subkey.signatures, same.signatures, () => newSignatures++) };
  });
  for (const subkey of other.subkeys) {
    if (block.subkeys.some((one) => sameBytes(one.key.body, subkey.key.body))) continue;
    subkeys.push(subkey);
    newSubkeys++;
  }
  return { block: { key: block.key, signatures, users, subkeys, secrets: other.secrets }, newUsers, newSubkeys, newSignatures, newRevocations };
}
