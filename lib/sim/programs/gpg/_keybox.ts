// ~/.gnupg/pubring.kbx: key blocks with a table of what is in them in front (kbx/keybox-blob.c of GnuPG describes the bytes).
import { concatBytes, encode } from "../../kernel/sys.ts";
import { digestOf } from "../kit/crypto/named-digest.ts";
import { type KeyBlock, keyBlockBytes, keyBlocks } from "../kit/openpgp/key-block.ts";
import { BadPacket, parsePackets, readUint32, uint32 } from "../kit/openpgp/packet.ts";

const uint16 = (value: number): Uint8Array => Uint8Array.of((value >> 8) & 255, value & 255);

function headBlob(seconds: number): Uint8Array {
  return concatBytes([uint32(32), Uint8Array.of(1, 1, 0, 2), encode("KBXf"), uint32(0), uint32(seconds), uint32(seconds), uint32(0), uint32(0)]).slice(0, 32);
}

function keyBlob(block: KeyBlock, seconds: number): Uint8Array {
  const body = keyBlockBytes(block);
  const keys = [block.key, ...block.subkeys.map(({ key }) => key)];
  const signatures = block.signatures.length + block.users.reduce((sum, user) => sum + user.signatures.length, 0) + block.subkeys.reduce((sum, subkey) => sum + subkey.signatures.length, 0);
  const tableBytes = 20 + keys.length * 28 + 2 + 4 + block.users.length * 12 + 4 + signatures * 4 + 20;
  // where the user IDs lie within the packets
  const places: Uint8Array[] = [];
  let from = tableBytes;
  for (const packet of parsePackets(body)) {
    if (packet.tag === 13) places.push(concatBytes([uint32(from + packet.at + packet.headBytes), uint32(packet.body.length), uint32(0)]));
  }
  from += body.length;
  const table = concatBytes([
    uint32(from + 20), Uint8Array.of(2, 1, 0, 0), uint32(tableBytes), uint32(body.length), uint16(keys.length), uint16(28),
    ...keys.flatMap((key, i) => [key.fingerprint, uint32(20 + i * 28 + 12), uint32(0)]),
    uint16(0), uint16(places.length), uint16(12), ...places, uint16(signatures), uint16(4), new Uint8Array(signatures * 4),
    uint32(0), uint32(0), uint32(0), uint32(seconds), uint32(0), body,
  ]);
  return concatBytes([table, digestOf("sha1", table)]);
}

export function emptyKeybox(seconds: number): Uint8Array {
  return headBlob(seconds);
}

export function keyboxBytes(blocks: readonly KeyBlock[], seconds: number): Uint8Array {
  return concatBytes([headBlob(seconds), ...blocks.map((block) => keyBlob(block, seconds))]);
}

/** Also of a keyring that is packets only. Throws BadPacket for what is neither. */
export function parseKeybox(bytes: Uint8Array): KeyBlock[] {
  if (bytes.length === 0) return [];
  const isKeybox = String.fromCharCode(...bytes.subarray(8, 12)) === "KBXf";
  if (!isKeybox) return keyBlocks(parsePackets(bytes));
  const blocks: KeyBlock[] = [];
  for (let at = 0; at + 16 <= bytes.length; ) {
    const length = readUint32(bytes, at);
    if (length < 16 || at + length > bytes.length) throw new BadPacket("broken keybox");
    if (bytes[at + 4] === 2) {
      const from = at + readUint32(bytes, at + 8);
      blocks.push(...keyBlocks(parsePackets(bytes.slice(from, from + readUint32(bytes, at + 12)))));
    }
    at += length;
  }
  return blocks;
}
