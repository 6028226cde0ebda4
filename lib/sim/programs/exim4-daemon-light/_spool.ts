// The spool: /var/spool/exim4/input/ID-H (envelope and header), ID-D (body), and msglog/ID (what was tried), in Exim's own format ("Format of spool files", spec.txt).

import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";

const SPOOL = "/var/spool/exim4";
const INPUT = `${SPOOL}/input`;
const LOGS = "/var/log/exim4";
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export interface SpoolMessage {
  readonly id: string;
  /** who handed it in */
  readonly user: string;
  readonly uid: number;
  readonly gid: number;
  /** "" for a bounce */
  readonly sender: string;
  readonly receivedUs: number;
  readonly protocol: string;
  readonly recipients: readonly string[];
  readonly delivered: readonly string[];
  readonly frozen: boolean;
  /** with the newline at its end */
  readonly header: string;
  readonly body: string;
}

export const isMessageId = (word: string): boolean => /^[0-9A-Za-z]{6}-[0-9A-Za-z]{6}-[0-9A-Za-z]{2}$/.test(word);

function base62(value: number, width: number): string {
  let text = "";
  for (let left = value; text.length < width; left = Math.floor(left / 62)) text = DIGITS.charAt(left % 62) + text;
  return text;
}

/** Time, process and half a millisecond: what makes an id one of its kind. */
export function newMessageId(sys: Sys, round: number): string {
  const us = sys.clockUs("realtime");
  return `${base62(Math.floor(us / 1e6), 6)}-${base62(sys.getpid(), 6)}-${base62(Math.floor((us % 1e6) / 500) + round, 2)}`;
}

/** Kinds of header lines that Exim keeps a letter for. */
const LETTERS: ReadonlyMap<string, string> = new Map([["received", "P"], ["to", "T"], ["from", "F"], ["cc", "C"], ["bcc", "B"], ["reply-to", "R"], ["sender", "S"], ["message-id", "I"]]);

const headerLines = (header: string): readonly string[] => header.match(/.+\n(?:[ \t].*\n)*/g) ?? [];

function headText(message: SpoolMessage): string {
  const lines = message.body.split("\n");
  const longest = Math.max(0, ...message.header.split("\n").map((line) => line.length), ...lines.map((line) => line.length));
  const delivered = message.delivered.length === 0 ? "XX\n" : message.delivered.map((one) => `NN ${one}\n`).join("");
  return `${message.id}-H\n${message.user} ${message.uid} ${message.gid}\n<${message.sender}>\n${Math.floor(message.receivedUs / 1e6)} 0\n-received_time_usec .${String(message.receivedUs % 1e6).padStart(6, "0")}\n-ident ${message.user}\n-received_protocol ${message.protocol}\n-body_linecount ${lines.length - 1}\n-max_received_linelength ${longest}\n${message.frozen ? `-frozen ${Math.floor(message.receivedUs / 1e6)}\n` : ""}${message.protocol === "local" ? `-auth_id ${message.user}\n-auth_sender ${message.sender}\n-allow_unqualified_recipient\n-allow_unqualified_sender\n-local\n` : ""}-tls_resumption A\n${delivered}${message.recipients.length}\n${message.recipients.map((one) => `${one}\n`).join("")}\n${headerLines(message.header).map((line) => `${String(encode(line).length).padStart(3, "0")}${LETTERS.get(line.slice(0, line.indexOf(":")).toLowerCase()) ?? " "} ${line}`).join("")}`;
}

function parseHead(id: string, text: string, body: string): SpoolMessage | undefined {
  const end = text.indexOf("\n\n");
  const envelope = text.slice(0, end).split("\n");
  const [, user = "", uid = "", gid = ""] = /^(\S+) (\d+) (\d+)$/.exec(envelope[1] ?? "") ?? [];
  const flags = new Map(envelope.filter((line) => line.startsWith("-")).map((line) => [line.slice(1).split(" ")[0] ?? "", line.slice(line.indexOf(" ") + 1)] as const));
  const count = envelope.findIndex((line, at) => at > 3 && /^\d+$/.test(line));
  if (user === "" || count < 0) return undefined;
  const bytes = encode(text.slice(end + 2));
  let header = "";
  for (let at = 0; at < bytes.length; ) {
    const size = Number(decode(bytes.subarray(at, at + 3)));
    if (!Number.isFinite(size) || size === 0) break;
    header += decode(bytes.subarray(at + 5, at + 5 + size));
    at += 5 + size;
  }
  return {
    id, user, uid: Number(uid), gid: Number(gid), sender: /^<(.*)>$/.exec(envelope[2] ?? "")?.[1] ?? "", receivedUs: Number((envelope[3] ?? "").split(" ")[0]) * 1e6 + Math.round(Number(`0${flags.get("received_time_usec") ?? ""}`) * 1e6),
    protocol: flags.get("received_protocol") ?? "local", recipients: envelope.slice(count + 1).filter((line) => line !== ""), delivered: envelope.filter((line) => /^[NY]{2} /.test(line)).map((line) => line.slice(3)), frozen: flags.has("frozen"), header, body,
  };
}

function* put(sys: Sys, path: string, text: string): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o640);
  yield* sys.write(fd, encode(text));
  sys.close(fd);
  const owner = sys.stat(SPOOL);
  sys.chown(path, owner.uid, owner.gid);
}

/** Errors: SysError. */
export function* storeMessage(sys: Sys, message: SpoolMessage): Blocking<void> {
  yield* put(sys, `${INPUT}/${message.id}-D`, `${message.id}-D\n${message.body}`);
  yield* put(sys, `${INPUT}/${message.id}-H`, headText(message));
}

export function* spoolText(sys: Sys, id: string, kind: "H" | "D"): Blocking<string | undefined> {
  return yield* readTextFile(sys, `${INPUT}/${id}-${kind}`);
}

export function* readMessage(sys: Sys, id: string): Blocking<SpoolMessage | undefined> {
  const head = yield* spoolText(sys, id, "H");
  const body = yield* spoolText(sys, id, "D");
  return head === undefined || body === undefined ? undefined : parseHead(id, head, body.slice(body.indexOf("\n") + 1));
}

export function* queuedIds(sys: Sys): Blocking<readonly string[]> {
  try {
    return sys.readdir(INPUT).map(({ name }) => name).filter((name) => name.endsWith("-H")).map((name) => name.slice(0, -2)).sort();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return [];
  }
}

export function dropMessage(sys: Sys, id: string): void {
  for (const path of [`${INPUT}/${id}-H`, `${INPUT}/${id}-D`, `${SPOOL}/msglog/${id}`]) {
    try {
      sys.unlink(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}

/** "2026-11-22 15:10:52 " */
function* stamp(sys: Sys): Blocking<string> {
  return strftime("%Y-%m-%d %H:%M:%S ", civilAtUs(yield* readZone(sys), sys.clockUs("realtime")));
}

function* append(sys: Sys, path: string, line: string): Blocking<void> {
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.APPEND | O.CLOEXEC, 0o640);
    yield* sys.write(fd, encode(`${yield* stamp(sys)}${line}\n`));
    sys.close(fd);
    const owner = sys.stat(path.startsWith(SPOOL) ? SPOOL : LOGS);
    if (sys.stat(path).uid !== owner.uid) sys.chown(path, owner.uid, owner.gid);
  } catch (error) {
    // a log that cannot be written stops no mail
    if (!(error instanceof SysError)) throw error;
  }
}

export const logMain = (sys: Sys, line: string): Blocking<void> => append(sys, `${LOGS}/mainlog`, line);
export const logMessage = (sys: Sys, id: string, line: string): Blocking<void> => append(sys, `${SPOOL}/msglog/${id}`, line);
export const messageLogText = (sys: Sys, id: string): Blocking<string | undefined> => readTextFile(sys, `${SPOOL}/msglog/${id}`);
