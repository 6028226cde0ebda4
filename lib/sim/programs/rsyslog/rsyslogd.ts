// rsyslogd: writes what the journal passes on, and what comes over UDP, to files, to other hosts and to terminals (rsyslogd(8), rsyslog.conf(5)).

import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { SYSLOG_SOCKET } from "../../daemons/systemd/api/journal.ts";
import { notify } from "../../daemons/systemd/api/notify.ts";
import { type Blocking, decode, encode, O, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readUtmp, UT, UTMP_PATH } from "../kit/utmp.ts";
import { readZone, type Zone } from "../kit/zones.ts";
import { parseRules, parseSyslog, type SyslogAction, type SyslogConfiguration, type SyslogMessage } from "./_rules.ts";

const CONFIGURATION = "/etc/rsyslog.conf";
const VERSION = "8.2302.0";

function* readConfiguration(sys: Sys, path: string): Blocking<SyslogConfiguration | undefined> {
  const content = yield* readTextFile(sys, path);
  if (content === undefined) return undefined;
  const configuration: SyslogConfiguration = { rules: [], includes: [], udpPorts: [], problems: [] };
  // included files come where they are named: the lines before them are read first
  for (const part of content.split(/^(?=\$IncludeConfig|include\()/m)) {
    const [first = "", ...rest] = part.split("\n");
    parseRules(first, configuration);
    for (const pattern of configuration.includes.splice(0)) yield* readIncluded(sys, pattern, configuration);
    parseRules(rest.join("\n"), configuration);
  }
  return configuration;
}

function* readIncluded(sys: Sys, pattern: string, into: SyslogConfiguration): Blocking<void> {
  const cut = pattern.lastIndexOf("/");
  const matches = compileFnmatch(pattern.slice(cut + 1), { period: true });
  try {
    for (const name of sys.readdir(pattern.slice(0, cut)).map((entry) => entry.name).filter(matches).sort()) parseRules((yield* readTextFile(sys, `${pattern.slice(0, cut)}/${name}`)) ?? "", into);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

class Rsyslog {
  readonly #sys: Sys;
  configuration: SyslogConfiguration;
  readonly #zone: Zone;

  constructor(sys: Sys, configuration: SyslogConfiguration, zone: Zone) {
    this.#sys = sys;
    this.configuration = configuration;
    this.#zone = zone;
  }

  *handle(message: SyslogMessage): Blocking<void> {
    for (const { chooses, actions } of this.configuration.rules) {
      if (!chooses(message)) continue;
      for (const action of actions) {
        if (action.kind === "stop") return;
        yield* this.#do(action, message);
      }
    }
  }

  *#do(action: Exclude<SyslogAction, { kind: "stop" }>, message: SyslogMessage): Blocking<void> {
    const sys = this.#sys;
    const us = sys.clockUs("realtime");
    const civil = civilAtUs(this.#zone, us);
    const body = `${message.host} ${message.tag}${message.tag === "" ? "" : ":"} ${message.text}`;
    try {
      if (action.kind === "file") {
        const fd = yield* sys.open(action.path, O.WRONLY | O.CREAT | O.APPEND, 0o640);
        if (sys.fstat(fd).sizeBytes === 0) sys.fchown(fd, 0, 4);
        yield* sys.write(fd, encode(`${strftime("%Y-%m-%dT%H:%M:%S", civil)}.${String(us % 1e6).padStart(6, "0")}${strftime("%:z", civil)} ${body}\n`));
        sys.close(fd);
      } else if (action.kind === "users") {
        for (const record of yield* readUtmp(sys, UTMP_PATH)) {
          if (record.type !== UT.USER_PROCESS || !(action.names.includes("*") || action.names.includes(record.user))) continue;
          const fd = yield* sys.open(`/dev/${record.line}`, O.WRONLY);
          yield* sys.write(fd, encode(action.names.includes("*") ? `\r\nBroadcast message from ${message.tag}@${message.host} (${strftime("%a %Y-%m-%d %H:%M:%S %Z", civil)}):\r\n\r\n${message.text}\r\n\r\n` : `${strftime("%b %e %H:%M:%S", civil)} ${body}\r\n`));
          sys.close(fd);
        }
      } else {
        const [address] = yield* lookUpHost(sys, action.host);
        if (address === undefined) return;
        const fd = sys.socket("inet", action.kind === "udp" ? "dgram" : "stream");
        yield* sys.connect(fd, { family: "inet", address, port: action.port });
        yield* sys.write(fd, encode(`<${message.facility * 8 + message.severity}>${strftime("%b %e %H:%M:%S", civil)} ${body}${action.kind === "tcp" ? "\n" : ""}`));
        sys.close(fd);
      }
    } catch (error) {
      if (!(error instanceof SysError) && !(error instanceof ResolveError)) throw error;
    }
  }
}

function* serve(sys: Sys, configuration: SyslogConfiguration): Blocking<number> {
  for (const signal of [SIGNALS.TERM, SIGNALS.HUP]) sys.sigaction(signal, "catch");
  const daemon = new Rsyslog(sys, configuration, yield* readZone(sys));
  try {
    sys.unlink(SYSLOG_SOCKET);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const local = sys.socket("unix", "dgram");
  sys.bind(local, { family: "unix", path: SYSLOG_SOCKET });
  const sockets = [local];
  for (const port of configuration.udpPorts) {
    const fd = sys.socket("inet", "dgram");
    try {
      sys.bind(fd, { family: "inet", address: "0.0.0.0", port });
      sockets.push(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      sys.close(fd);
    }
  }
  for (const fd of sockets) sys.setStatusFlags(fd, sys.getStatusFlags(fd) | O.NONBLOCK);
  const say = (words: string) => daemon.handle({ facility: 5, severity: 6, program: "rsyslogd", tag: "rsyslogd", host: sys.uname().nodename, text: words });
  const origin = `[origin software="rsyslogd" swVersion="${VERSION}" x-pid="${sys.getpid()}" x-info="https://www.rsyslog.com"]`;
  yield* say(`imuxsock: Acquired UNIX socket '${SYSLOG_SOCKET}' (fd 3) from systemd.  [v${VERSION}]`);
  yield* say(`${origin} start`);
  yield* notify(sys, "READY=1");
  for (;;) {
    try {
      for (const { fd } of yield* sys.poll(sockets.map((one) => ({ fd: one, events: POLL.IN })), null)) {
        const { bytes, from } = yield* sys.recvfrom(fd, 65_536);
        yield* daemon.handle(parseSyslog(decode(bytes), fd === local || from === undefined || from.family === "unix" ? sys.uname().nodename : from.address));
      }
    } catch (error) {
      if (!(error instanceof SysError) || (error.errno !== "EINTR" && error.errno !== "EAGAIN")) throw error;
      const signals = sys.takeSignals();
      if (signals.includes(SIGNALS.HUP)) yield* say(`${origin} rsyslogd was HUPed`);
      if (!signals.includes(SIGNALS.TERM)) continue;
      yield* say(`${origin} exiting on signal 15.`);
      sys.unlink(SYSLOG_SOCKET);
      return 0;
    }
  }
}

export default program(
  { name: "rsyslogd", path: "/usr/sbin/rsyslogd", manSection: 8, summary: "reliable and extended syslogd", synopsis: ["[-d] [-D] [-f config] [-i pidfile] [-n] [-N level] [-v]"], operands: "none", options: [flag(["-n"], "stay in the foreground"), flag(["-d"], "say what it does"), flag(["-D"], "say what it reads"), text(["-f"], "config", `read this configuration (${CONFIGURATION})`), text(["-i"], "pidfile", "write the process number here, or NONE"), text(["-N"], "level", "only check the configuration"), flag(["-v"], "print the version")], seeAlso: ["rsyslog.conf(5)", "logger(1)"] },
  function* (sys, argv, io: Io) {
    const words = argv.slice(1).flatMap((word) => (/^-[fiNuT]./.test(word) ? [word.slice(0, 2), word.slice(2)] : [word]));
    const wrong = words.find((word, index) => word.startsWith("-") && !/^-(?:[nNdDvfiCSouTxqQlmrsw4A6]|iNONE)$/.test(word) && !/^-[fiNuT]$/.test(words[index - 1] ?? ""));
    if (wrong !== undefined) {
      yield* io.stderr(`rsyslogd: invalid option -- '${wrong.charAt(1)}'\nusage: rsyslogd [options]\nuse "man rsyslogd" for details. To run rsyslog interactively, use "rsyslogd -n"\nto run it in debug mode use "rsyslogd -dn"\nFor further information see https://www.rsyslog.com/doc/\n`);
      return 1;
    }
    const path = words.includes("-f") ? (words[words.indexOf("-f") + 1] ?? CONFIGURATION) : CONFIGURATION;
    if (words.includes("-v")) {
      io.out.put(`rsyslogd  ${VERSION} (aka 2023.02) compiled with:\n\tPLATFORM:\t\t\t\tx86_64-pc-linux-gnu\n\nSee https://www.rsyslog.com for more information.\n`);
      return 0;
    }
    const check = words.includes("-N");
    if (check) yield* io.stderr(`rsyslogd: version ${VERSION}, config validation run (level ${words[words.indexOf("-N") + 1] ?? "1"}), master config ${path}\n`);
    const configuration = yield* readConfiguration(sys, path);
    if (configuration === undefined) {
      yield* io.stderr(`rsyslogd: could not open config file '${path}': No such file or directory [v${VERSION} try https://www.rsyslog.com/e/2104 ]\nrsyslogd: run failed with error -2104 (see rsyslog.h or try https://www.rsyslog.com/e/2104 to learn what that number means)\n`);
      return 1;
    }
    for (const { line, text: problem } of configuration.problems) {
      // names are looked up after the parser, which then knows no line any more
      if (/^unknown (?:priority|facility) name /.test(problem)) yield* io.stderr(`rsyslogd: ${problem} [v${VERSION}]\n`);
      else yield* io.stderr(`rsyslogd: error during parsing file ${path}, on or before line ${line}: ${problem} [v${VERSION} try https://www.rsyslog.com/e/2207 ]\n`);
    }
    if (check) {
      if (configuration.problems.length > 0) return 1;
      yield* io.stderr("rsyslogd: End of config validation run. Bye.\n");
      return 0;
    }
    if (sys.getcred().euid !== 0) io.die("Permission denied");
    if (words.some((word) => word === "-n" || word === "-iNONE") || words.includes("-n")) return yield* serve(sys, configuration);
    sys.fork(function* (child) {
      child.setsid();
      return yield* serve(child, configuration);
    });
    return 0;
  },
);
