// Signatures over keys: what a key says of its own user IDs and subkeys, and what one key says of another.
import type { Blocking } from "../../kernel/sys.ts";
import type { PublicKeyPacket } from "../kit/openpgp/public-key.ts";
import { uint32 } from "../kit/openpgp/packet.ts";
import { type SecretNumbers, signDigest } from "../kit/openpgp/secret-key.ts";
import { keyData, makeSignature, parseSignature, preferredHash, SIGNATURE, type Signature, type Subpacket, SUBPACKET, subpacket, userData } from "../kit/openpgp/signature.ts";
import type { Context } from "./_context.ts";
import { SecretFailure } from "./_secrets.ts";

export interface Signer {
  readonly key: PublicKeyPacket;
  readonly numbers: SecretNumbers;
}

/** Throws SecretFailure. */
export function* signed(context: Context, signer: Signer, type: number, hashed: readonly Subpacket[], data: readonly Uint8Array[], createdSeconds = context.nowSeconds): Blocking<Signature> {
  if (context.sys.charge(signer.key.curve === undefined ? 15_000 : 3000)) yield* context.sys.preempt();
  const sign = (hash: number, digest: Uint8Array): readonly bigint[] => {
    const numbers = signDigest(signer.key, signer.numbers, hash, digest);
    if (numbers === undefined) throw new SecretFailure("Invalid public key algorithm");
    return numbers;
  };
  return parseSignature(makeSignature(signer.key, { type, hash: preferredHash(signer.key), hashed }, createdSeconds, data, sign));
}

const FLAG_BITS = new Map([["C", 1], ["S", 2], ["E", 12], ["A", 32]]);

function flagsOf(usage: string): Subpacket {
  return subpacket(SUBPACKET.FLAGS, [...usage].reduce((bits, letter) => bits | (FLAG_BITS.get(letter) ?? 0), 0));
}

function expires(lifeSeconds: number): readonly Subpacket[] {
  return lifeSeconds === 0 ? [] : [{ type: SUBPACKET.KEY_EXPIRES, critical: false, body: uint32(lifeSeconds) }];
}

/** The signature that makes a user ID the key's own: with its life, what it may do, what its owner prefers. */
export function* bindUser(context: Context, signer: Signer, userId: Uint8Array, usage: string, lifeSeconds: number, primary = false): Blocking<Signature> {
  return yield* signed(context, signer, SIGNATURE.POSITIVE, [
    flagsOf(usage), ...expires(lifeSeconds), subpacket(SUBPACKET.CIPHERS, 9, 8, 7, 2), subpacket(SUBPACKET.HASHES, 10, 9, 8, 11, 2), subpacket(SUBPACKET.COMPRESSIONS, 2, 3, 1),
    ...(primary ? [subpacket(SUBPACKET.PRIMARY, 1)] : []), subpacket(SUBPACKET.FEATURES, 1), subpacket(SUBPACKET.KEYSERVER, 0x80),
  ], [keyData(signer.key), userData(userId)]);
}

/** A signing subkey signs back, so that nobody else can take it as theirs. */
export function* bindSubkey(context: Context, signer: Signer, subkey: Signer, usage: string, lifeSeconds: number): Blocking<Signature> {
  const data = [keyData(signer.key), keyData(subkey.key)];
  const back = usage.includes("S") ? [{ type: SUBPACKET.EMBEDDED, critical: false, body: (yield* signed(context, subkey, SIGNATURE.PRIMARY, [], data)).body }] : [];
  return yield* signed(context, signer, SIGNATURE.SUBKEY, [flagsOf(usage), ...expires(lifeSeconds), ...back], data);
}

export function* certifyUser(context: Context, signer: Signer, key: PublicKeyPacket, userId: Uint8Array, local: boolean): Blocking<Signature> {
  return yield* signed(context, signer, SIGNATURE.GENERIC, local ? [subpacket(SUBPACKET.EXPORTABLE, 0)] : [], [keyData(key), userData(userId)]);
}

export function* revokeKey(context: Context, signer: Signer, code: number, text: Uint8Array): Blocking<Signature> {
  return yield* signed(context, signer, SIGNATURE.REVOKE_KEY, [{ type: SUBPACKET.REASON, critical: false, body: Uint8Array.of(code, ...text) }], [keyData(signer.key)]);
}

export function* revokeUser(context: Context, signer: Signer, userId: Uint8Array, code: number, text: Uint8Array): Blocking<Signature> {
  return yield* signed(context, signer, SIGNATURE.REVOKE_USER, [{ type: SUBPACKET.REASON, critical: false, body: Uint8Array.of(code, ...text) }], [keyData(signer.key), userData(userId)]);
}

export function* revokeSubkey(context: Context, signer: Signer, subkey: PublicKeyPacket, code: number, text: Uint8Array): Blocking<Signature> {
  return yield* signed(context, signer, SIGNATURE.REVOKE_SUBKEY, [{ type: SUBPACKET.REASON, critical: false, body: Uint8Array.of(code, ...text) }], [keyData(signer.key), keyData(subkey)]);
}
