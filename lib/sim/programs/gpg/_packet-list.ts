// --list-packets: what is in a message, packet by packet.
import { type Blocking, decode } from "../../kernel/sys.ts";
import { bitLength } from "../kit/crypto/big-number.ts";
import { toHex } from "../kit/digest/hasher.ts";
import { dearmor } from "../kit/openpgp/armor.ts";
import { decompressed, parseLiteral } from "../kit/openpgp/message.ts";
import { BadPacket, BodyReader, type Packet, parsePackets, readUint32, TAG } from "../kit/openpgp/packet.ts";
import { keyIdText, readPublicKey } from "../kit/openpgp/public-key.ts";
import { decodedCount } from "../kit/openpgp/secret-key.ts";
import { createdSeconds, issuerId, parseSignature, type Subpacket } from "../kit/openpgp/signature.ts";
import type { Context } from "./_context.ts";

function life(seconds: number): string {
  const years = Math.floor(seconds / (365 * 86_400));
  const days = Math.floor((seconds % (365 * 86_400)) / 86_400);
  return `${years}y${days}d${Math.floor((seconds % 86_400) / 3600)}h${Math.floor((seconds % 3600) / 60)}m`;
}

function subpacketText(context: Context, { type, body }: Subpacket): string {
  const numbers = (): string => [...body].join(" ");
  const hex = (): string => [...body].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(" ");
  switch (type) {
    case 2: return `sig created ${context.date(readUint32(body))}`;
    case 3: return `sig expires after ${life(readUint32(body))}`;
    case 4: return (body[0] ?? 1) === 0 ? "not exportable" : "exportable";
    case 9: return `key expires after ${life(readUint32(body))}`;
    case 11: return `pref-sym-algos: ${numbers()}`;
    case 16: return `issuer key ID ${toHex(body).toUpperCase()}`;
    case 21: return `pref-hash-algos: ${numbers()}`;
    case 22: return `pref-zip-algos: ${numbers()}`;
    case 23: return `keyserver preferences: ${hex()}`;
    case 25: return "primary user ID";
    case 27: return `key flags: ${hex()}`;
    case 28: return "signer's user ID";
    case 29: return `revocation reason 0x${(body[0] ?? 0).toString(16).padStart(2, "0")} (${decode(body.slice(1))})`;
    case 30: return `features: ${hex()}`;
    case 32: return "signature: v4, class 0x19, algo 1, digest algo 10";
    case 33: return `issuer fpr v${body[0]} ${toHex(body.slice(1)).toUpperCase()}`;
    default: return `?`;
  }
}

function keyText(packet: Packet): string {
  const reader = new BodyReader(packet.body);
  const key = readPublicKey(reader);
  const secret = packet.tag === TAG.SECRET_KEY || packet.tag === TAG.SECRET_SUBKEY;
  const sub = packet.tag === TAG.SECRET_SUBKEY || packet.tag === TAG.PUBLIC_SUBKEY;
  let text = `:${secret ? "secret" : "public"} ${sub ? "sub " : ""}key packet:\n\tversion 4, algo ${key.algorithm}, created ${key.createdSeconds}, expires 0\n`;
  let index = 0;
  if (key.curve !== undefined) text += `\tpkey[${index++}]: [${(key.curve.oid.length + 1) * 8} bits] ${key.curve.shown} (${key.curve.dotted})\n`;
  for (const number of key.numbers) text += `\tpkey[${index++}]: [${bitLength(number)} bits]\n`;
  if (key.kdf !== undefined) text += `\tpkey[${index++}]: [32 bits]\n`;
  if (secret) {
    const usage = reader.byte();
    if (usage === 254) {
      const [cipher, mode, hash] = [reader.byte(), reader.byte(), reader.byte()];
      const salt = toHex(reader.take(8)).toUpperCase();
      text += `\t${mode === 3 ? "iter+salt" : "salted"} S2K, algo: ${cipher}, SHA1 protection, hash: ${hash}, salt: ${salt}\n`;
      if (mode === 3) {
        const code = reader.byte();
        text += `\tprotect count: ${decodedCount(code)} (${code})\n`;
      }
      text += `\tprotect IV:  ${[...reader.take(16)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ")}\n\tskey[${index}]: [v4 protected]\n`;
    } else if (usage === 0) {
      for (let left = key.curve === undefined ? 4 : 1; left > 0; left--) text += `\tskey[${index++}]: [${bitLength(reader.mpi())} bits]\n`;
      text += `\tchecksum: ${toHex(reader.take(2))}\n`;
    } else text += "\tgnu-dummy S2K, algo: 0, simple checksum, hash: 0\n";
  }
  return `${text}\tkeyid: ${keyIdText(key)}\n`;
}

function* describe(context: Context, packet: Packet): Blocking<string> {
  const { tag, body } = packet;
  switch (tag) {
    case TAG.PUBLIC_KEY: case TAG.PUBLIC_SUBKEY: case TAG.SECRET_KEY: case TAG.SECRET_SUBKEY: return keyText(packet);
    case TAG.USER_ID: return `:user ID packet: "${decode(body)}"\n`;
    case TAG.SIGNATURE: {
      const one = parseSignature(body);
      let text = `:signature packet: algo ${one.algorithm}, keyid ${issuerId(one)}\n\tversion 4, created ${createdSeconds(one)}, md5len 0, sigclass 0x${one.type.toString(16).padStart(2, "0")}\n\tdigest algo ${one.hash}, begin of digest ${[...one.begin].map((byte) => byte.toString(16).padStart(2, "0")).join(" ")}\n`;
      for (const [list, word] of [[one.hashed, "hashed "], [one.unhashed, ""]] as const) {
        for (const part of list) text += `\t${part.critical ? "critical " : ""}${word}subpkt ${part.type} len ${part.body.length} (${subpacketText(context, part)})\n`;
      }
      for (const number of one.numbers) text += `\tdata: [${bitLength(number)} bits]\n`;
      return text;
    }
    case TAG.ONE_PASS: return `:onepass_sig packet: keyid ${toHex(body.slice(4, 12)).toUpperCase()}\n\tversion ${body[0]}, sigclass 0x${(body[1] ?? 0).toString(16).padStart(2, "0")}, digest ${body[2]}, pubkey ${body[3]}, last=${body[12]}\n`;
    case TAG.LITERAL: {
      const literal = parseLiteral(body);
      return `:literal data packet:\n\tmode ${literal.mode} (${literal.mode.charCodeAt(0).toString(16)}), created ${literal.seconds}, name="${decode(literal.name)}",\n\traw data: ${literal.bytes.length} bytes\n`;
    }
    case TAG.ENCRYPTED_KEY: {
      const reader = new BodyReader(body.slice(10));
      let text = `:pubkey enc packet: version ${body[0]}, algo ${body[9]}, keyid ${toHex(body.slice(1, 9)).toUpperCase()}\n\tdata: [${bitLength(reader.mpi())} bits]\n`;
      if (reader.left > 0) text += `\tdata: [${reader.left * 8} bits]\n`;
      return text;
    }
    case TAG.PASSWORD_KEY: return `:symkey enc packet: version ${body[0]}, cipher ${body[1]}, aead 0,s2k ${body[2]}, hash ${body[3]}\n\tsalt ${toHex(body.slice(4, 12)).toUpperCase()}, count ${decodedCount(body[12] ?? 0)} (${body[12]})\n`;
    case TAG.PROTECTED_DATA: return `:encrypted data packet:\n\tlength: ${body.length}\n\tmdc_method: 2\n`;
    case TAG.COMPRESSED: return `:compressed packet: algo=${body[0]}\n`;
    case TAG.TRUST: return `:trust packet: flag=${(body[0] ?? 0).toString(16).padStart(2, "0")} sigcache=00\n`;
    default: yield* context.io.out.flush(); return `:unknown packet: type ${tag}, length ${body.length}\n`;
  }
}

/** Undefined when the data are none. `open` gives what is inside encrypted data. */
export function* listPackets(context: Context, bytes: Uint8Array, open: (packets: readonly Packet[]) => Blocking<Uint8Array | undefined>): Blocking<boolean> {
  const armor = dearmor(bytes);
  if (armor.kind === "nothing") return false;
  const list = function* (data: Uint8Array, base: number): Blocking<void> {
    const packets = parsePackets(data);
    for (const packet of packets) {
      const first = data[packet.at] ?? 0;
      const shape = packet.unbounded === undefined ? "" : ` ${packet.unbounded}`;
      const length = packet.unbounded === "indeterminate" ? 0 : packet.body.length;
      context.put(`# off=${base + packet.at} ctb=${first.toString(16)} tag=${packet.tag} hlen=${packet.headBytes} plen=${length}${shape}${(first & 0x40) === 0 ? "" : " new-ctb"}\n`);
      context.put(yield* describe(context, packet));
      const inside = base + packet.at + packet.headBytes;
      if (packet.tag === TAG.COMPRESSED) yield* list(yield* decompressed(context.sys, packet.body), inside + 1);
      else if (packet.tag === TAG.PROTECTED_DATA) {
        const inner = yield* open(packets);
        if (inner !== undefined) yield* list(inner, inside + 19);
      }
    }
  };
  try {
    yield* list(armor.bytes, 0);
    return true;
  } catch (error) {
    if (!(error instanceof BadPacket)) throw error;
    return false;
  }
}
