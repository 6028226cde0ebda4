// DHCP messages (RFC 2131, RFC 2132), as client and server put them into UDP.
import { decode, encode } from "../../kernel/sys.ts";

export type DhcpMessageType = "discover" | "offer" | "request" | "decline" | "ack" | "nak" | "release" | "inform";
const TYPES: readonly DhcpMessageType[] = ["discover", "offer", "request", "decline", "ack", "nak", "release", "inform"];

export interface DhcpMessage {
  readonly type: DhcpMessageType;
  readonly transaction: number;
  readonly mac: string;
  /** ciaddr, yiaddr */
  readonly clientAddress: string;
  readonly yourAddress: string;
  readonly requested?: string | undefined;
  readonly server?: string | undefined;
  readonly netmask?: string | undefined;
  readonly router?: string | undefined;
  readonly nameServer?: string | undefined;
  readonly domain?: string | undefined;
  readonly hostname?: string | undefined;
  readonly leaseSeconds?: number | undefined;
  /** option 61, as "01:52:54:..." */
  readonly clientId?: string | undefined;
}

export const DHCP_SERVER_PORT = 67;
export const DHCP_CLIENT_PORT = 68;
const COOKIE = [0x63, 0x82, 0x53, 0x63];

const ipBytes = (address: string): number[] => address.split(".").map((part) => Number(part) & 255);
const ipText = (bytes: Uint8Array): string => [...bytes.subarray(0, 4)].join(".");
const macBytes = (mac: string): number[] => mac.split(":").map((part) => Number.parseInt(part, 16));
const hexText = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(":");
const number32 = (value: number): number[] => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

export function encodeDhcp(message: DhcpMessage): Uint8Array {
  const reply = message.type === "offer" || message.type === "ack" || message.type === "nak";
  const bytes = new Uint8Array(240);
  bytes.set([reply ? 2 : 1, 1, 6, 0, ...number32(message.transaction)]);
  bytes.set(ipBytes(message.clientAddress), 12);
  bytes.set(ipBytes(message.yourAddress), 16);
  bytes.set(macBytes(message.mac), 28);
  bytes.set(COOKIE, 236);
  const options: number[] = [53, 1, TYPES.indexOf(message.type) + 1];
  const add = (code: number, value: readonly number[] | undefined): void => {
    if (value !== undefined) options.push(code, value.length, ...value);
  };
  const address = (text: string | undefined): number[] | undefined => (text === undefined ? undefined : ipBytes(text));
  add(50, address(message.requested));
  add(54, address(message.server));
  add(1, address(message.netmask));
  add(3, address(message.router));
  add(6, address(message.nameServer));
  add(15, message.domain === undefined ? undefined : [...encode(message.domain)].slice(0, 255));
  add(12, message.hostname === undefined ? undefined : [...encode(message.hostname)].slice(0, 255));
  add(51, message.leaseSeconds === undefined ? undefined : number32(message.leaseSeconds));
  add(61, message.clientId === undefined ? undefined : macBytes(message.clientId));
  options.push(255);
  const whole = new Uint8Array(240 + options.length);
  whole.set(bytes);
  whole.set(options, 240);
  return whole;
}

/** Undefined for anything else than DHCP. */
export function decodeDhcp(bytes: Uint8Array): DhcpMessage | undefined {
  if (bytes.length < 244 || COOKIE.some((byte, index) => bytes[236 + index] !== byte)) return undefined;
  const options = new Map<number, Uint8Array>();
  for (let at = 240; at + 1 < bytes.length && bytes[at] !== 255; at += 2 + (bytes[at + 1] ?? 0)) options.set(bytes[at] ?? 0, bytes.subarray(at + 2, at + 2 + (bytes[at + 1] ?? 0)));
  const type = TYPES[(options.get(53)?.[0] ?? 0) - 1];
  if (type === undefined) return undefined;
  const address = (code: number): string | undefined => {
    const value = options.get(code);
    return value === undefined || value.length < 4 ? undefined : ipText(value);
  };
  const text = (code: number): string | undefined => {
    const value = options.get(code);
    return value === undefined ? undefined : decode(value);
  };
  const lease = options.get(51);
  const id = options.get(61);
  return {
    type, transaction: (((bytes[4] ?? 0) << 24) | ((bytes[5] ?? 0) << 16) | ((bytes[6] ?? 0) << 8) | (bytes[7] ?? 0)) >>> 0, mac: hexText(bytes.subarray(28, 34)), clientAddress: ipText(bytes.subarray(12, 16)), yourAddress: ipText(bytes.subarray(16, 20)),
    requested: address(50), server: address(54), netmask: address(1), router: address(3), nameServer: address(6), domain: text(15), hostname: text(12),
    leaseSeconds: lease === undefined ? undefined : (((lease[0] ?? 0) << 24) | ((lease[1] ?? 0) << 16) | ((lease[2] ?? 0) << 8) | (lease[3] ?? 0)) >>> 0, clientId: id === undefined ? undefined : hexText(id),
  };
}
