// The lines of a report, as iperf 3.12 lays them out.

import type { Parameters, Stream, StreamResult } from "./_test.ts";

export const DASHES = "-----------------------------------------------------------\n";
export const SHORT_DASHES = "- - - - - - - - - - - - - - - - - - - - - - - - -\n";

/** A number of four places with its unit: bytes (by 1024) for capital letters of `format`, bits (by 1000) for small ones; A and a choose. */
export function amount(bytes: number, format: string): string {
  const inBytes = format === format.toUpperCase();
  const base = inBytes ? 1024 : 1000;
  let value = inBytes ? bytes : bytes * 8;
  let unit = " kmgt".indexOf(format.toLowerCase());
  if (unit < 0) for (unit = 0; value >= base && unit < 4; unit++) value /= base;
  else value /= base ** unit;
  const text = value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0);
  return `${text.padStart(4)} ${["", "K", "M", "G", "T"][unit] ?? ""}${inBytes ? "Byte" : "bit"}s`;
}

const time = (seconds: number): string => seconds.toFixed(2);
const rate = (bytes: number, seconds: number): number => (seconds > 0 ? bytes / seconds : 0);

interface Shape {
  readonly test: Parameters;
  readonly format: string;
  readonly side: "C" | "S";
}

const role = ({ test, side }: Shape, sends: boolean): string => (test.bidirectional ? `[${sends ? "TX" : "RX"}-${side}]` : "");

function start(name: string, from: number, to: number, bytes: number, format: string): string {
  return `${name} ${time(from).padStart(6)}-${time(to).padEnd(6)} sec  ${amount(bytes, "A")}  ${amount(rate(bytes, to - from), format)}/sec`;
}

const head = ({ test }: Shape, columns: string): string => `[ ID]${test.bidirectional ? "[Role]" : ""} Interval           Transfer     Bitrate${columns}\n`;
const percent = (lost: number, packets: number): string => {
  const value = packets > 0 ? (100 * lost) / packets : 0;
  return value === 0 ? "0" : String(Number(value.toPrecision(2)));
};
const lossColumns = (jitterSeconds: number, lost: number, packets: number): string => `${(jitterSeconds * 1000).toFixed(3).padStart(5)} ms  ${lost}/${packets} (${percent(lost, packets)}%)  `;

export function intervalHead(shape: Shape, sends: boolean): string {
  if (shape.test.udp) return head(shape, sends ? "         Total Datagrams" : "         Jitter    Lost/Total Datagrams");
  return head(shape, sends || shape.test.bidirectional ? "         Retr  Cwnd" : "");
}

const id = (stream: Stream): string => `[${String(stream.id).padStart(3)}]`;

/** Sums of several streams that go the same way. */
interface Sums {
  readonly bytes: number;
  readonly packets: number;
  readonly lost: number;
  readonly jitterSeconds: number;
  readonly retransmits: number;
}

function sum(all: readonly Sums[]): Sums {
  const add = (of: (one: Sums) => number): number => all.reduce((total, one) => total + of(one), 0);
  return { bytes: add((one) => one.bytes), packets: add((one) => one.packets), lost: add((one) => one.lost), retransmits: add((one) => one.retransmits), jitterSeconds: add((one) => one.jitterSeconds) / Math.max(1, all.length) };
}

export function intervalLines(shape: Shape, streams: readonly Stream[], from: number, to: number, omitted: boolean, windowBytes: number): string {
  const { udp } = shape.test;
  const mark = omitted ? "(omitted)" : "";
  const one = (name: string, sends: boolean, { bytes, packets, lost, jitterSeconds, retransmits }: Sums, window: boolean): string => {
    const begin = start(`${name}${role(shape, sends)}`, from, to, bytes, shape.format);
    if (udp) return sends ? `${begin}  ${packets}  ${mark}\n` : `${begin}  ${lossColumns(jitterSeconds, lost, packets)}${mark}\n`;
    if (!sends) return `${begin}                  ${mark}\n`;
    return `${begin}  ${String(retransmits).padStart(3)}   ${window ? `${amount(windowBytes, "A")}       ` : "          "}${mark}\n`;
  };
  let text = "";
  for (const sends of [true, false]) {
    const same = streams.filter((stream) => stream.sends === sends);
    const sums = same.map((stream): Sums => ({ bytes: stream.intervalBytes, packets: stream.intervalPackets, lost: stream.intervalLost, jitterSeconds: stream.jitterSeconds, retransmits: stream.intervalRetransmits }));
    const part = same.map((stream, index) => one(id(stream), sends, sums[index] ?? sum([]), true)).join("") + (same.length > 1 ? one("[SUM]", sends, sum(sums), false) : "");
    // the server of a test in both directions begins with what it receives
    text = shape.side === "S" ? part + text : text + part;
  }
  return text;
}

/** Behind the last interval: each stream as its sender and as its receiver saw it. `others`: what the other side measured, unknown to a server. */
export function summary(shape: Shape, streams: readonly Stream[], seconds: number, others: readonly StreamResult[] | undefined): string {
  const { udp } = shape.test;
  let text = SHORT_DASHES;
  text += head(shape, udp ? "         Jitter    Lost/Total Datagrams" : streams.some(({ sends }) => sends) || others !== undefined || shape.test.bidirectional ? "         Retr" : "");
  const line = (name: string, sends: boolean, as: "sender" | "receiver", length: number, sums: Sums): string => {
    const begin = start(`${name}${role(shape, sends)}`, 0, length, sums.bytes, shape.format);
    if (udp) return `${begin}  ${lossColumns(as === "sender" ? 0 : sums.jitterSeconds, as === "sender" ? 0 : sums.lost, sums.packets)}${as}\n`;
    return as === "sender" ? `${begin}  ${String(sums.retransmits).padStart(3)}             sender\n` : `${begin}                  receiver\n`;
  };
  const directions = shape.side === "S" ? [false, true] : [true, false];
  for (const sends of directions) {
    const seen: { readonly name: string; readonly sent: Sums | undefined; readonly received: Sums | undefined; readonly other: number }[] = [];
    for (const [index, stream] of streams.entries()) {
      if (stream.sends !== sends) continue;
      const own: Sums = { bytes: stream.totalBytes, packets: stream.totalPackets, lost: stream.lost, jitterSeconds: stream.jitterSeconds, retransmits: stream.retransmits };
      const told = others?.[index];
      const other: Sums | undefined = others === undefined ? undefined : { bytes: told?.bytes ?? 0, packets: told?.packets ?? 0, lost: told?.errors ?? 0, jitterSeconds: told?.jitter ?? 0, retransmits: told?.retransmits ?? 0 };
      seen.push({ name: id(stream), sent: sends ? own : other, received: sends ? other : own, other: told?.seconds ?? seconds });
    }
    const rows = (name: string, sent: Sums | undefined, received: Sums | undefined, other: number): string =>
      (sent === undefined ? "" : line(name, sends, "sender", sends ? seconds : other, sent)) + (received === undefined ? "" : line(name, sends, "receiver", sends ? other : seconds, received));
    text += seen.map(({ name, sent, received, other }) => rows(name, sent, received, other)).join("");
    if (seen.length < 2) continue;
    const all = (which: "sent" | "received"): Sums | undefined => (seen.some((one) => one[which] === undefined) ? undefined : sum(seen.flatMap((one) => one[which] ?? [])));
    text += rows("[SUM]", all("sent"), all("received"), seen[0]?.other ?? seconds);
  }
  return text;
}
