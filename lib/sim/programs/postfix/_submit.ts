// A message enters the system: sendmail's head lines, the queue file, and the word to master.

import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { originOf, PostfixConfiguration } from "./_configuration.ts";
import { newQueueId, PICKUP_SOCKET, storeMessage } from "./_queue.ts";

/** False: the mail system is down. */
export function* wakeMaster(sys: Sys, word: "pickup" | "flush"): Blocking<boolean> {
  const fd = sys.socket("unix", "dgram");
  try {
    yield* sys.sendto(fd, encode(word), { family: "unix", path: PICKUP_SOCKET });
    return true;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return false;
  } finally {
    sys.close(fd);
  }
}

export interface Submission {
  readonly recipients: readonly string[];
  /** of the header, too (-t) */
  readonly fromHeader: boolean;
  readonly sender: string | undefined;
  readonly fullName: string | undefined;
  readonly text: string;
}

const headOf = (text: string): { readonly head: string; readonly body: string } => {
  const lines = text.split("\n");
  let count = 0;
  while (count < lines.length && /^(?:[!-9;-~]+:|[ \t]+\S)/.test(lines[count] ?? "")) count++;
  return { head: lines.slice(0, count).join("\n"), body: lines.slice(lines[count] === "" ? count + 1 : count).join("\n") };
};

/** The addresses of a header's value. */
const addressesIn = (value: string): readonly string[] => value.split(",").map((one) => (/<([^>]+)>/.exec(one)?.[1] ?? one.replace(/\([^)]*\)/g, "")).trim()).filter((one) => one !== "");

/** A string is the reason why not. */
export function* submit(sys: Sys, submission: Submission): Blocking<string | undefined> {
  const configuration = yield* PostfixConfiguration.read(sys);
  const origin = yield* originOf(sys, configuration);
  const host = configuration.value("myhostname");
  const { ruid } = sys.getcred();
  const user = (yield* Accounts.read(sys)).userById(ruid);
  const sender = configuration.qualified(submission.sender ?? user?.name ?? "nobody", origin);
  const { head, body } = headOf(submission.text);
  const field = (name: string): string | undefined => new Map(head.replace(/\n[ \t]+/g, " ").split("\n").map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()] as const)).get(name);
  const recipients = [...submission.recipients, ...(submission.fromHeader ? ["to", "cc", "bcc"].flatMap((name) => addressesIn(field(name) ?? "")) : [])];
  if (recipients.length === 0) return "Recipient addresses must be specified on the command line or via the -t option";
  const us = sys.clockUs("realtime");
  const zone = yield* readZone(sys);
  const date = strftime("%a, %e %b %Y %H:%M:%S %z (%Z)", civilAtUs(zone, us)).replace(/,  /, ", ");
  const id = newQueueId(sys);
  const qualified = (line: string): string => line.replace(/^((?:To|Cc|From): *)([^@\s<>,]+)\s*$/i, (_, name: string, word: string) => `${name}${word}@${origin}`);
  const lines = [`Received: by ${host} (Postfix, from userid ${ruid})`, `\tid ${id}; ${date}`, ...head.split("\n").filter((line) => line !== "" && !/^bcc:/i.test(line)).map(qualified)];
  if (field("message-id") === undefined) lines.push(`Message-Id: <${strftime("%Y%m%d%H%M%S", civilAtUs(zone, us))}.${id}@${host}>`);
  if (field("date") === undefined) lines.push(`Date: ${date}`);
  const name = submission.fullName ?? user?.gecos.split(",")[0] ?? "";
  if (field("from") === undefined) lines.push(`From: ${name === "" ? sender : `${name} <${sender}>`}`);
  if (field("to") === undefined && field("cc") === undefined) lines.push("To: undisclosed-recipients:;");
  yield* storeMessage(sys, "maildrop", { id, arrivedUs: us, sender, senderUid: ruid, recipients: recipients.map((address) => ({ address, original: address })), text: `${lines.join("\n")}\n\n${body}` });
  yield* wakeMaster(sys, "pickup");
  return undefined;
}
