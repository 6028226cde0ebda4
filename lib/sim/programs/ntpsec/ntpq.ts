// ntpq of NTPsec 1.2.2: asks ntpd how it is doing (ntpq(1)).

import { NTP_PORT } from "../../daemons/ntp/api.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io, texts } from "../kit/gnu.ts";
import { controlRequest, parseControl, parseVariables, READ_STATUS, READ_VARIABLES } from "./_control.ts";

const NAME_WIDTH = 15;
const WIDTH = 80;
const MOST_SLACK = 24;
const TIMEOUT_US = 5_000_000;
const SELECTIONS = " x.-+#*o";
const CONDITIONS = ["reject", "falsetick", "excess", "outlier", "candidate", "backup", "sys.peer", "pps.peer"];
const EVENTS = ["", "mobilize", "demobilize", "unreachable", "reachable", "restart", "no_reply", "rate_exceeded", "access_denied", "leap_armed", "sys_peer"];

class Unanswered extends Error {}

interface Answer {
  readonly status: number;
  readonly data: Uint8Array;
}

class Session {
  readonly #sys: Sys;
  readonly #address: string;
  #sequence = 0;

  constructor(sys: Sys, address: string) {
    this.#sys = sys;
    this.#address = address;
  }

  /** Errors: Unanswered. */
  *ask(opcode: number, association: number): Blocking<Answer> {
    const sys = this.#sys;
    const sequence = ++this.#sequence;
    const fd = sys.socket("inet", "dgram");
    try {
      yield* sys.connect(fd, { family: "inet", address: this.#address, port: NTP_PORT });
      yield* sys.sendto(fd, controlRequest(opcode, sequence, association));
      const pieces = new Map<number, Uint8Array>();
      let [end, status]: [number | undefined, number] = [undefined, 0];
      for (;;) {
        if ((yield* sys.poll([{ fd, events: 1 }], TIMEOUT_US)).length === 0) throw new Unanswered("***Request timed out");
        const packet = parseControl((yield* sys.recvfrom(fd, 1024)).bytes);
        if (packet === undefined || !packet.response || packet.sequence !== sequence) continue;
        pieces.set(packet.offset, packet.data);
        status = packet.status;
        if (!packet.more) end = packet.offset + packet.data.length;
        if (end === undefined || [...pieces.values()].reduce((sum, one) => sum + one.length, 0) < end) continue;
        const data = new Uint8Array(end);
        for (const [offset, one] of pieces) data.set(one, offset);
        return { status, data };
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new Unanswered("***Socket error; probably ntpd is not running");
    } finally {
      sys.close(fd);
    }
  }

  *associations(): Blocking<readonly { readonly id: number; readonly status: number }[]> {
    const { data } = yield* this.ask(READ_STATUS, 0);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    return Array.from({ length: Math.floor(data.length / 4) }, (_, at) => ({ id: view.getUint16(at * 4), status: view.getUint16(at * 4 + 2) }));
  }
}

/** Eight columns with as many decimals as fit, four at most. */
function eight(value: number): string {
  for (const digits of [4, 3, 2, 1, 0]) {
    const shown = value.toFixed(digits);
    if (shown.length <= 8) return shown.padStart(8);
  }
  return String(Math.round(value)).padStart(8);
}

function interval(seconds: number): string {
  if (seconds <= 0) return "-";
  if (seconds <= 2048) return String(seconds);
  const minutes = Math.floor((seconds + 29) / 60);
  if (minutes <= 300) return `${minutes}m`;
  const hours = Math.floor((minutes + 29) / 60);
  return hours <= 96 ? `${hours}h` : `${Math.floor((hours + 11) / 24)}d`;
}

function* peers(io: Io, session: Session, numeric: boolean, slack: number): Blocking<void> {
  const width = NAME_WIDTH + slack;
  const list = yield* session.associations();
  io.out.put(`\n${"     remote    ".padEnd(width)}       refid      st t when poll reach   delay   offset   jitter\n${"=".repeat(79 + slack)}\n`.slice(1));
  for (const { id, status } of list) {
    const variables = parseVariables((yield* session.ask(READ_VARIABLES, id)).data);
    const value = (name: string): string => variables.get(name) ?? "";
    const number = (name: string): number => Number(value(name));
    const prototype = value("srcadr") === "0.0.0.0";
    const name = prototype ? value("srchost") : numeric || value("srchost") === "" ? value("srcadr") : value("srchost");
    const refid = /[.:]/.test(value("refid")) ? value("refid") : `.${value("refid")}.`;
    const poll = 2 ** Math.min(number("hpoll"), number("ppoll"));
    io.out.put(`${SELECTIONS.charAt((status >> 8) & 7)}${name.slice(0, width).padEnd(width)} ${refid.padEnd(15)} ${String(number("stratum")).padStart(2)} ${value("refid") === "POOL" ? "p" : "u"} ${interval(number("when")).padStart(4)} ${interval(poll).padStart(4)}  ${Number.parseInt(value("reach"), 16).toString(8).padStart(3)} ${eight(number("delay"))} ${eight(number("offset"))} ${eight(number("jitter"))}\n`);
  }
}

function* associationList(io: Io, session: Session): Blocking<void> {
  io.out.put("\nind assid status  conf reach auth condition  last_event cnt\n===========================================================\n");
  for (const [place, { id, status }] of (yield* session.associations()).entries()) {
    const event = EVENTS[status & 15] ?? "";
    io.out.put(`${String(place + 1).padStart(3)} ${String(id).padStart(5)}  ${status.toString(16).padStart(4, "0")}   ${(status & 0x8000) !== 0 ? "yes" : "no "}   ${(status & 0x1000) !== 0 ? "yes" : "no "}  none ${(CONDITIONS[(status >> 8) & 7] ?? "").padEnd(9)} ${event.padStart(11)} ${String((status >> 4) & 15).padStart(2)}\n`);
  }
}

function* variables(io: Io, session: Session, association: number): Blocking<void> {
  const { status, data } = yield* session.ask(READ_VARIABLES, association);
  const word = status.toString(16).padStart(4, "0");
  const meaning = association === 0 ? `${status >> 14 === 3 ? "leap_alarm" : "leap_none"}, ${(status >> 8) & 63 ? "sync_ntp" : "sync_unspec"}, ${(status >> 4) & 15} event${((status >> 4) & 15) === 1 ? "" : "s"}, ${status >> 14 === 3 ? "freq_mode" : "clock_sync"}` : `conf${(status & 0x1000) === 0 ? "" : ", reach"}, sel_${CONDITIONS[(status >> 8) & 7] ?? ""}, ${(status >> 4) & 15} event${((status >> 4) & 15) === 1 ? "" : "s"}, ${EVENTS[status & 15] ?? ""}`;
  io.out.put(`associd=${association} status=${word} ${meaning},\n`);
  let line = "";
  const parts = [...parseVariables(data)].map(([name, value]) => `${name}=${/[ /]/.test(value) || name === "processor" ? `"${value}"` : name === "leap" ? value.padStart(2, "0") : value}`);
  for (const [place, part] of parts.entries()) {
    const text = place === parts.length - 1 ? part : `${part},`;
    if (line !== "" && line.length + 1 + text.length > 77) {
      io.out.put(`${line}\n`);
      line = text;
    } else line = line === "" ? text : `${line} ${text}`;
  }
  io.out.put(`${line}\n`);
}

export default gnu({
  name: "ntpq", summary: "ask ntpd how it is doing", synopsis: ["[OPTION]... [HOST]..."], operands: "hosts", project: "ntpsec", version: "1.2.2", versionText: "ntpq ntpsec-1.2.2\n", versionLetter: "V",
  description: ["Commands are peers (pe), associations (as), readvar (rv) with the number of an association, and quit. In the list of peers, * stands before the one that the clock follows, + before good ones, - before outliers, x before those that are wrong; reach is an octal register of the last eight questions."],
  options: { peers: flag(["-p", "--peers"], "show the list of peers"), numeric: flag(["-n", "--numeric"], "show addresses, not names"), commands: texts(["-c", "--command"], "COMMAND", "carry out a command; may be given several times"), wide: flag(["-w", "--wide"], "show long names whole"), four: flag(["-4", "--ipv4"], "ask over IPv4 only") },
  seeAlso: ["ntpd(8)", "chronyc(1)"],
  *run({ options, operands, sys }, io: Io) {
    let slack = 0;
    try {
      slack = Math.max(0, Math.min(MOST_SLACK, sys.getWindowSize(1).cols - WIDTH));
    } catch (error) {
      // no terminal
      if (!(error instanceof SysError)) throw error;
    }
    const carryOut = function* (session: Session, line: string): Blocking<boolean> {
      const [word = "", argument] = line.trim().split(/\s+/);
      const is = (full: string, least: number): boolean => word.length >= least && full.startsWith(word);
      try {
        if (word === "") return true;
        if (is("quit", 1) || word === "exit") return false;
        if (is("peers", 2) || word === "opeers" || is("lpeers", 2)) yield* peers(io, session, options.numeric, slack);
        else if (is("associations", 2)) yield* associationList(io, session);
        else if (is("readvar", 5) || word === "rv" || is("readlist", 5) || word === "rl") {
          const given = argument?.startsWith("&") ? (yield* session.associations())[Number(argument.slice(1)) - 1]?.id : Number(argument ?? 0);
          yield* variables(io, session, given ?? 0);
        } else if (is("help", 1) || word === "?") io.say("ntpq commands:\nassociations  help  peers  quit  readlist  readvar\n");
        else yield* io.stderr(`***Command \`${word}' unknown\n`);
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        yield* io.stderr(`${error.message}\n`);
      }
      return true;
    };
    for (const host of operands.length === 0 ? ["localhost"] : operands) {
      let address: string | undefined = host === "localhost" ? "127.0.0.1" : undefined;
      try {
        address ??= (yield* lookUpHost(sys, host))[0];
      } catch (error) {
        if (!(error instanceof ResolveError)) throw error;
      }
      if (address === undefined) {
        yield* io.stderr(`***Can't find host ${host}\n`);
        return 1;
      }
      const session = new Session(sys, address);
      const commands = [...options.commands, ...(options.peers ? ["peers"] : [])];
      if (commands.length > 0) {
        for (const one of commands) yield* carryOut(session, one);
        continue;
      }
      for (;;) {
        if (sys.isatty(0)) io.out.put("ntpq> ");
        const line = yield* io.stdin.line();
        if (line === undefined || !(yield* carryOut(session, line))) break;
        yield* io.out.flush();
      }
    }
    return 0;
  },
});
