// Taking a message: from the caller's standard input, or over SMTP.

import { type Blocking, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import type { EximConfiguration } from "./_configuration.ts";
import type { Tell } from "./_deliver.ts";
import { Router } from "./_route.ts";
import { logMain, newMessageId, storeMessage } from "./_spool.ts";

interface Submission {
  readonly recipients: readonly string[];
  /** -t */
  readonly fromHeader: boolean;
  readonly sender: string | undefined;
  readonly fullName: string | undefined;
  readonly text: string;
  /** of a message over SMTP */
  readonly peer?: { readonly helo: string; readonly address: string };
}

const addressesIn = (value: string): readonly string[] => value.split(",").map((one) => (/<([^>]+)>/.exec(one)?.[1] ?? one.replace(/\([^)]*\)/g, "")).trim()).filter((one) => one !== "");

function parts(text: string): { readonly head: readonly string[]; readonly body: string } {
  const lines = text.split("\n");
  let count = 0;
  while (count < lines.length && /^(?:[!-9;-~]+:|[ \t]+\S)/.test(lines[count] ?? "")) count++;
  return { head: (lines.slice(0, count).join("\n").match(/.+(?:\n[ \t].*)*/g) ?? []), body: lines.slice(lines[count] === "" ? count + 1 : count).join("\n") };
}

/** The id of the message in the spool, or what is wrong with it. */
export function* accept(sys: Sys, configuration: EximConfiguration, submission: Submission, tell: Tell): Blocking<{ readonly id: string } | { readonly problem: string }> {
  const { ruid, rgid } = sys.getcred();
  const account = (yield* Accounts.read(sys)).userById(ruid);
  const user = account?.name ?? "nobody";
  const { peer } = submission;
  const sender = submission.sender === "" ? "" : configuration.qualified(submission.sender ?? user);
  const { head, body } = parts(submission.text);
  const field = (name: string): string | undefined => head.find((line) => line.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 1).replace(/\n[ \t]+/g, " ").trim();
  const recipients = [...submission.recipients, ...(submission.fromHeader ? ["to", "cc", "bcc"].flatMap((name) => addressesIn(field(name) ?? "")) : [])].map((one) => configuration.qualified(one));
  if (recipients.length === 0) return { problem: "no recipients" };
  const id = newMessageId(sys, 0);
  const host = configuration.hostName;
  const us = sys.clockUs("realtime");
  const date = strftime("%a, %d %b %Y %H:%M:%S %z", civilAtUs(yield* readZone(sys), us));
  const from = peer === undefined ? `${user} by ${host} with local (Exim 4.96)` : `[${peer.address}] (helo=${peer.helo})\n\tby ${host} with esmtp (Exim 4.96)`;
  const qualified = (line: string): string => line.replace(/^((?:To|Cc|From|Reply-To): *)([^@\s<>,]+)\s*$/i, (_, name: string, word: string) => `${name}${configuration.qualified(word)}`);
  const received = `Received: from ${from}\n\t(envelope-from <${sender}>)\n\tid ${id}\n${recipients.length === 1 ? `\tfor ${recipients[0] ?? ""};\n` : ""}\t${recipients.length === 1 ? "" : "; "}${date}`.replace(/\n\t; /, ";\n\t");
  const lines = [received, ...head.filter((line) => !/^bcc:/i.test(line)).map(qualified)];
  if (field("message-id") === undefined) lines.push(`Message-Id: <E${id}@${host}>`);
  if (field("from") === undefined) {
    const name = submission.fullName ?? account?.gecos.split(",")[0] ?? "";
    lines.push(`From: ${name === "" ? sender : `${name} <${sender}>`}`);
  }
  if (field("date") === undefined) lines.push(`Date: ${date}`);
  const header = `${lines.join("\n")}\n`;
  try {
    yield* storeMessage(sys, { id, user: peer === undefined ? user : "Debian-exim", uid: ruid, gid: rgid, sender, receivedUs: us, protocol: peer === undefined ? "local" : "esmtp", recipients: [...new Set(recipients)], delivered: [], frozen: false, header, body });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return { problem: `failed to create the spool file: ${error.message}` };
  }
  const size = encode(header).length + encode(body).length + 1;
  const arrived = `<= ${sender === "" ? "<>" : sender} ${peer === undefined ? `U=${user} P=local` : `H=(${peer.helo}) [${peer.address}] P=esmtp`} S=${size}${peer === undefined || field("message-id") === undefined ? "" : ` id=${(field("message-id") ?? "").replace(/[<>]/g, "")}`}`;
  yield* tell(`LOG: MAIN\n  ${arrived}\n`);
  yield* logMain(sys, `${id} ${arrived}`);
  return { id };
}

/** One session of SMTP; `hand` delivers what was taken. */
export function* smtpSession(sys: Sys, configuration: EximConfiguration, input: number, output: number, address: string, hand: (id: string) => Blocking<void>): Blocking<void> {
  const host = configuration.hostName;
  const say = (line: string): Blocking<number> => sys.write(output, encode(`${line}\r\n`));
  const date = strftime("%a, %d %b %Y %H:%M:%S %z", civilAtUs(yield* readZone(sys), sys.clockUs("realtime")));
  yield* say(`220 ${host} ESMTP Exim 4.96 ${date}`);
  let [rest, helo, sender]: [string, string, string | undefined] = ["", "", undefined];
  let recipients: string[] = [];
  const line = function* (): Blocking<string | undefined> {
    for (;;) {
      const end = rest.indexOf("\n");
      if (end >= 0) {
        const one = rest.slice(0, end).replace(/\r$/, "");
        rest = rest.slice(end + 1);
        return one;
      }
      const bytes = yield* sys.read(input, 4096);
      if (bytes.length === 0) return undefined;
      rest += decode(bytes);
    }
  };
  const own = address === "" || address.startsWith("127.");
  for (;;) {
    const given = yield* line();
    if (given === undefined) return;
    const [, verb = "", rest1 = ""] = /^(\S+)\s*(.*)$/.exec(given) ?? [];
    const target = /<([^>]*)>/.exec(rest1)?.[1] ?? /:\s*(\S+)/.exec(rest1)?.[1] ?? "";
    switch (verb.toUpperCase()) {
      case "HELO":
      case "EHLO":
        helo = rest1;
        yield* say(verb.toUpperCase() === "HELO" ? `250 ${host} Hello ${helo}${address === "" ? "" : ` [${address}]`}` : `250-${host} Hello ${helo}${address === "" ? "" : ` [${address}]`}\r\n250-SIZE 52428800\r\n250-8BITMIME\r\n250-PIPELINING\r\n250-PIPECONNECT\r\n250-CHUNKING\r\n250-PRDR\r\n250 HELP`);
        break;
      case "MAIL":
        if (!/^FROM:/i.test(rest1)) yield* say("501 syntactically invalid MAIL command");
        else {
          sender = target;
          yield* say("250 OK");
        }
        break;
      case "RCPT": {
        if (sender === undefined) {
          yield* say("503 sender not yet given");
          break;
        }
        const whole = configuration.qualified(target);
        const domain = whole.slice(whole.lastIndexOf("@") + 1);
        const shown = `H=(${helo}) [${address}] F=<${sender}>`;
        if (!configuration.isLocal(domain) && !configuration.relaysTo(domain) && !own) {
          yield* logMain(sys, `${shown} rejected RCPT <${target}>: relay not permitted`);
          yield* say("550 relay not permitted");
          break;
        }
        const router = yield* Router.read(sys, configuration);
        yield* router.route(whole);
        const failed = configuration.isLocal(domain) && router.routes.some((route) => route.outcome.kind === "failed");
        if (failed) yield* logMain(sys, `${shown} rejected RCPT <${target}>: Unrouteable address`);
        else recipients.push(whole);
        yield* say(failed ? "550 Unrouteable address" : "250 Accepted");
        break;
      }
      case "DATA": {
        if (recipients.length === 0) {
          yield* say("503 valid RCPT command must precede DATA");
          break;
        }
        yield* say('354 Enter message, ending with "." on a line by itself');
        let text = "";
        for (;;) {
          const one = yield* line();
          if (one === undefined) return;
          if (one === ".") break;
          text += `${one.startsWith(".") ? one.slice(1) : one}\n`;
        }
        const taken = yield* accept(sys, configuration, { recipients, fromHeader: false, sender, fullName: undefined, text, peer: { helo, address: address || "127.0.0.1" } }, function* () {});
        if ("problem" in taken) yield* say(`451 ${taken.problem}`);
        else {
          yield* say(`250 OK id=${taken.id}`);
          yield* hand(taken.id);
        }
        [sender, recipients] = [undefined, []];
        break;
      }
      case "RSET":
        [sender, recipients] = [undefined, []];
        yield* say("250 Reset OK");
        break;
      case "NOOP":
        yield* say("250 OK");
        break;
      case "VRFY":
        yield* say("252 Administrative prohibition");
        break;
      case "HELP":
        yield* say("214-Commands supported:\r\n214 AUTH HELO EHLO MAIL RCPT DATA BDAT NOOP QUIT RSET HELP");
        break;
      case "QUIT":
        yield* say(`221 ${host} closing connection`);
        return;
      default:
        yield* say("500 unrecognized command");
    }
  }
}
