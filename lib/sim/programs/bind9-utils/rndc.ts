// rndc: commands to a running named (BIND 9.18).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { exists } from "../kit/presence.ts";
import { flag, text } from "../kit/program.ts";
import { ipv4Bytes, ipv6Bytes } from "../kit/dns/names.ts";
import { VERSION, bindProgram } from "./_bind-program.ts";
import { type Configuration, optionText, readConfiguration } from "./_configuration.ts";
import { CONTROL_PORT, keysOf, macOf, receiveFrame, sendFrame } from "./_control-channel.ts";

const CONFIGURATION = "/etc/bind/rndc.conf";
const KEY = "/etc/bind/rndc.key";

const commands: readonly (readonly [string, string])[] = [
  ["status", "how the server is"], ["reload", "read the configuration and all zones again"], ["reload ZONE", "read one zone again"], ["reconfig", "read the configuration again, and zones that are new"], ["flush", "empty the cache"], ["flushname NAME", "forget a name"], ["flushtree NAME", "forget a name and all below it"], ["querylog [on|off]", "log every question, or no longer"],
  ["zonestatus ZONE", "how a zone is"], ["freeze [ZONE]", "no dynamic updates for now: the file may be edited"], ["thaw [ZONE]", "read the file again and take updates"], ["sync [-clean] [ZONE]", "write updates to the files; -clean: without journals"], ["notify ZONE", "tell the secondaries that a zone has changed"], ["refresh ZONE", "look for a newer zone at the primary"], ["retransfer ZONE", "fetch a zone whatever its serial number"],
  ["dumpdb [-all|-cache|-zones]", "write the cache to named_dump.db"], ["stats", "write counts to named.stats"], ["recursing", "write the questions that wait to named.recursing"], ["trace [LEVEL]", "a higher level of messages"], ["notrace", "level 0"], ["serve-stale status", "whether old answers are given"], ["showzone ZONE", "a zone's configuration, where zones may be added"], ["scan", "look for new addresses"], ["stop", "write updates and end"], ["halt", "end at once"],
];

const usage = (): string => "Usage: rndc [-b address] [-c config] [-s server] [-p port]\n\t[-k key-file ] [-y key] [-r] [-V] [-4 | -6] command\n";

function* readSettings(sys: Sys, path: string): Blocking<Configuration> {
  return yield* readConfiguration(sys, path, true);
}

export default bindProgram(
  {
    name: "rndc", path: "/usr/sbin/rndc", summary: "steer a running named", synopsis: ["[OPTION]... COMMAND [WORD]..."], usage, operands: "none", manSection: 8,
    lists: [{ heading: "Commands", words: commands, width: 30 }],
    options: [flag(["-4"], "IPv4 only"), flag(["-6"], "IPv6 only"), text(["-b"], "ADDRESS", "from this address of ours"), text(["-c"], "FILE", "another configuration than /etc/bind/rndc.conf"), flag(["-h"], "show the usage"), text(["-k"], "FILE", "another file with the key than /etc/bind/rndc.key"), text(["-p"], "PORT", "the port where named takes commands, 953 unless said otherwise"), flag(["-q"], "leave out the server's answer"), flag(["-r"], "show the result's number too"), text(["-s"], "SERVER", "the server's name or address"), flag(["-V"], "tell every step"), text(["-y"], "KEY", "the name of the key that is used")],
    exitStatuses: [["0", "the server did it"], ["1", "it did not, or it cannot be reached"]],
  },
  function* (sys, given, io) {
    const command = given.operands.join(" ");
    if (given.has("h") || command === "") {
      yield* io.stderr(`${usage()}\ncommand is one of the following:\n\n`);
      for (const [word, meaning] of commands) yield* io.stderr(`  ${word.padEnd(30)}${meaning}\n`);
      yield* io.stderr(`\nVersion: ${VERSION}\n`);
      return given.has("h") ? 0 : 1;
    }
    const trace = function* (step: string): Blocking<void> {
      if (given.has("V")) yield* io.stderr(`${step}\n`);
    };
    for (const step of [command, "create task", "enabling log channel", "create parser", "get default key"]) yield* trace(step);
    const main = given.value("c") ?? CONFIGURATION;
    const keyFile = given.value("k") ?? KEY;
    let settings: Configuration;
    try {
      if (given.value("c") === undefined && (given.has("k") || !exists(sys, CONFIGURATION))) {
        if (!exists(sys, keyFile)) io.die(`neither ${CONFIGURATION} nor ${keyFile} was found`);
        settings = yield* readSettings(sys, keyFile);
      } else {
        if (exists(sys, KEY) && !given.has("c")) yield* io.stderr(`WARNING: key file (${KEY}) exists, but using default configuration file (${CONFIGURATION})\n`);
        settings = yield* readSettings(sys, main);
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      const path = exists(sys, main) ? main : keyFile;
      return yield* refuse(`could not load rndc configuration`, `error: open: ${given.value("c") ?? path}: ${error.errno === "ENOENT" ? "file not found" : error.message.toLowerCase()}`);
    }
    function* refuse(message: string, before?: string): Blocking<number> {
      if (before !== undefined) yield* io.stderr(`rndc: ${before}\n`);
      yield* io.stderr(`rndc: ${message}\n`);
      return 1;
    }
    if (settings.problems.length > 0) return yield* refuse("could not load rndc configuration", settings.problems[0]);
    const options = settings.clauses.find((clause) => clause.kind === "options");
    const keys = keysOf(settings);
    const keyName = given.value("y") ?? optionText(options, "default-key") ?? keys[0]?.name;
    const key = keys.find((one) => one.name === keyName);
    for (const step of ["get config key list", "decode base64 secret", "post event"]) yield* trace(step);
    if (key === undefined) return yield* refuse(keyName === undefined ? "no key definition for default" : `no key definition for name ${keyName}`);
    const server = given.value("s") ?? optionText(options, "default-server") ?? "127.0.0.1";
    const port = Number(given.value("p") ?? optionText(options, "default-port") ?? CONTROL_PORT);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) return yield* refuse(`port '${given.value("p") ?? ""}' out of range`);
    let address = server;
    if (ipv4Bytes(server) === undefined && ipv6Bytes(server) === undefined) {
      try {
        address = (yield* lookUpHost(sys, server))[0] ?? server;
      } catch (error) {
        if (!(error instanceof ResolveError)) throw error;
        return yield* refuse(`couldn't get address for '${server}': not found`);
      }
    }
    yield* trace(`using server ${server} (${address}#${port})`);
    const family = address.includes(":") ? "inet6" : "inet";
    const fd = sys.socket(family, "stream");
    try {
      yield* sys.connect(fd, { family, address, port });
      for (const step of ["create message", "render message", "parse message", "create message", "render message", "parse message"]) yield* trace(step);
      const seconds = Math.floor(sys.clockUs("realtime") / 1e6);
      yield* sendFrame(sys, fd, { key: key.name, seconds, command, mac: macOf(key, seconds, command) });
      const frame = yield* receiveFrame(sys, fd);
      if (frame === undefined) return yield* refuse("connection to remote host closed.\n* This may indicate that the\n* remote server is using an older\n* version of the command protocol,\n* this host is not authorized to connect,\n* the clocks are not synchronized,\n* the key signing algorithm is incorrect,\n* or the key is invalid.");
      const reply: unknown = JSON.parse(frame);
      const of = (name: string): string | undefined => {
        const value: unknown = typeof reply === "object" && reply !== null ? Object.entries(reply).find(([one]) => one === name)?.[1] : undefined;
        return typeof value === "string" ? value : undefined;
      };
      const [failure, answer = ""] = [of("failure"), of("text")];
      if (failure !== undefined) yield* io.stderr(`rndc: '${given.operands[0] ?? ""}' failed: ${failure}\n`);
      if (answer !== "" && !given.has("q")) {
        if (failure === undefined) io.out.put(`${answer}\n`);
        else yield* io.stderr(`${answer}\n`);
      }
      if (given.has("r")) io.out.put(`result ${failure === undefined ? 0 : 1}\n`);
      return failure === undefined ? 0 : 1;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* refuse(`connect failed: ${address}#${port}: ${error.errno === "ECONNREFUSED" ? "connection refused" : error.errno === "ETIMEDOUT" ? "timed out" : error.message.toLowerCase()}`);
    } finally {
      sys.close(fd);
    }
  },
);
