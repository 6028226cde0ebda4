// Mode 6 packets, by which ntpq asks ntpd (RFC 9327): a head of twelve bytes and text, in pieces when it is long.

import { decode, encode } from "../../kernel/sys.ts";

export const READ_STATUS = 1;
export const READ_VARIABLES = 2;
const HEAD_BYTES = 12;
const MOST_DATA_BYTES = 468;

interface ControlPacket {
  readonly response: boolean;
  readonly more: boolean;
  readonly opcode: number;
  readonly sequence: number;
  readonly status: number;
  readonly association: number;
  readonly offset: number;
  readonly data: Uint8Array;
}

function encodeOne(packet: ControlPacket): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + Math.ceil(packet.data.length / 4) * 4);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, (2 << 3) | 6);
  view.setUint8(1, (packet.response ? 0x80 : 0) | (packet.more ? 0x20 : 0) | packet.opcode);
  for (const [at, value] of [packet.sequence, packet.status, packet.association, packet.offset, packet.data.length].entries()) view.setUint16(2 + at * 2, value);
  bytes.set(packet.data, HEAD_BYTES);
  return bytes;
}

export function controlRequest(opcode: number, sequence: number, association: number): Uint8Array {
  return encodeOne({ response: false, more: false, opcode, sequence, status: 0, association, offset: 0, data: new Uint8Array(0) });
}

/** An answer in as many packets as it takes. */
export function controlAnswer(request: ControlPacket, status: number, data: Uint8Array): readonly Uint8Array[] {
  const packets: Uint8Array[] = [];
  for (let offset = 0; offset === 0 || offset < data.length; offset += MOST_DATA_BYTES) {
    packets.push(encodeOne({ ...request, response: true, more: offset + MOST_DATA_BYTES < data.length, status, offset, data: data.subarray(offset, offset + MOST_DATA_BYTES) }));
  }
  return packets;
}

/** Undefined: not of this kind. */
export function parseControl(bytes: Uint8Array): ControlPacket | undefined {
  if (bytes.length < HEAD_BYTES || ((bytes[0] ?? 0) & 7) !== 6) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const second = view.getUint8(1);
  const count = view.getUint16(10);
  if (HEAD_BYTES + count > bytes.length) return undefined;
  return { response: (second & 0x80) !== 0, more: (second & 0x20) !== 0, opcode: second & 0x1f, sequence: view.getUint16(2), status: view.getUint16(4), association: view.getUint16(6), offset: view.getUint16(8), data: bytes.slice(HEAD_BYTES, HEAD_BYTES + count) };
}

/** `name=value, name="a, b"` */
export function parseVariables(data: Uint8Array): ReadonlyMap<string, string> {
  return new Map([...decode(data).matchAll(/([A-Za-z_]\w*)=("[^"]*"|[^,]*)/g)].map((match) => [match[1] ?? "", (match[2] ?? "").trim().replace(/^"(.*)"$/, "$1")] as const));
}

export const variablesText = (variables: readonly (readonly [string, string])[]): Uint8Array => encode(`${variables.map(([name, value]) => `${name}=${/[ ,]/.test(value) ? `"${value}"` : value}`).join(", ")}\r\n`);
