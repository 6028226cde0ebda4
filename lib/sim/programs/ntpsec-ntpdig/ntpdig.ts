// ntpdig 1.2.2 of NTPsec: asks servers for the time, and steps or slews the clock by the best answer (ntpdig(1)).
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { askTime, NTP_PORT } from "../../daemons/ntp/api.ts";
import { SysError } from "../../kernel/sys.ts";
import { flag, text } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";

const usage = "\nUSAGE:  ntpdig [-<flag> [<val>] | --<name>[{=| }<val>]]...\n               [ hostname-or-IP ...]\n   Flg Arg Option-Name    Description\n    -4 no  ipv4           Ask on IPv4 only\n    -6 no  ipv6           Ask on IPv6 only\n    -c Num concurrent     Ask several addresses of a name at once\n    -j no  json           Answer in JSON\n    -M Num steplimit      Slew up to so many milliseconds, step above\n    -p Num samples        Samples to take of each server\n    -s no  slew           May slew the clock\n    -S no  step           May step the clock\n    -t Num timeout        Seconds to wait for an answer\n    -d no  debug          Say more\n    -?, --help            Show this\n    -V no  version        Show the version\n";
const LEAPS = ["no-leap", "add-leap", "del-leap", "unsync"];

export default program(
  { name: "ntpdig", summary: "NTP client to report or set the time", synopsis: ["[OPTION]... [HOST]..."], operands: "hosts", options: [flag(["-4"], "ask on IPv4 only"), flag(["-6"], "ask on IPv6 only"), text(["-M"], "MILLISECONDS", "slew up to this, step above"), text(["-p"], "NUMBER", "samples to take"), flag(["-s"], "may slew the clock"), flag(["-S"], "may step the clock"), text(["-t"], "SECONDS", "wait so long for an answer"), flag(["-j"], "answer in JSON"), flag(["-d"], "say more"), flag(["-V"], "show the version")], description: ["The answer is the server's time, the difference to this machine's clock, how sure it is, the server's name and address and its stratum."], seeAlso: ["ntpdate(8)", "chronyc(1)", "timedatectl(1)"] },
  function* (sys, argv, io: Io) {
    let [slew, step, json] = [false, false, false];
    let [limitMs, timeoutSeconds] = [Number.NaN, 5];
    const hosts: string[] = [];
    const args = argv.slice(1);
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? "";
      if (word === "--help" || word === "-?") {
        io.out.put(usage);
        return 0;
      }
      if (word === "-V" || word === "--version") {
        io.out.put("ntpdig ntpsec-1.2.2\n");
        return 0;
      }
      if (/^-[MtpacgkKlo]$/.test(word)) {
        const value = Number(args[++at]);
        if (word === "-M") limitMs = value;
        if (word === "-t") timeoutSeconds = value;
      } else if (/^-[46dfjrsSw]+$/.test(word)) {
        slew ||= word.includes("s");
        step ||= word.includes("S");
        json ||= word.includes("j");
      } else if (word.startsWith("-")) {
        yield* io.stderr(`option ${word} not recognized\n${usage}`);
        return 1;
      } else hosts.push(word);
    }
    if (hosts.length === 0) hosts.push("localhost");
    const answers: { readonly line: (adjusted: boolean) => string; readonly offset: number; readonly bound: number }[] = [];
    const zone = yield* readZone(sys);
    for (const host of hosts) {
      let address: string | undefined;
      try {
        address = (yield* lookUpHost(sys, host))[0];
      } catch (error) {
        if (!(error instanceof ResolveError)) throw error;
      }
      if (address === undefined) {
        yield* io.stderr(`ntpdig: lookup of ${host} failed, errno -3 = Temporary failure in name resolution\n`);
        continue;
      }
      const one = yield* askTime(sys, address, NTP_PORT, 6, timeoutSeconds * 1e6);
      if (one === undefined || one.packet.stratum === 0 || one.packet.stratum > 15) continue;
      const { packet, offsetSeconds: offset } = one;
      const bound = one.delaySeconds / 2 + packet.rootDelaySeconds / 2 + packet.rootDispersionSeconds;
      const civil = civilAtUs(zone, packet.transmitUs);
      const digits = Math.min(6, Math.max(0, Math.floor(-packet.precision * Math.log10(2))));
      const date = strftime("%Y-%m-%d", civil);
      const clock = `${strftime("%H:%M:%S", civil)}.${String(packet.transmitUs % 1e6).padEnd(digits)}`.trimEnd();
      const shown = `${offset < 0 ? "-" : "+"}${Math.abs(offset).toFixed(6)}`;
      const leap = LEAPS[packet.leap] ?? "unsync";
      answers.push({ offset, bound, line: (adjusted) => (json ? `{"time":"${date}T${clock}${strftime("%z", civil)}","offset":${offset.toFixed(6)},"precision":${bound.toFixed(6)},"host":"${host}","ip":"${address}","stratum":${packet.stratum},"leap":"${leap}","adjusted":${String(adjusted)}}\n` : `${date} ${clock} (${strftime("%z", civil)}) ${shown} +/- ${bound.toFixed(6)} ${host}${address === host ? "" : ` ${address}`} s${packet.stratum} ${leap}\n`) });
    }
    const best = answers.sort((a, b) => a.bound - b.bound)[0];
    if (best === undefined) {
      yield* io.stderr("ntpdig: no eligible servers\n");
      return 1;
    }
    let adjusted = false;
    if (slew || step) {
      try {
        const nowUs = sys.clockUs("realtime");
        if (slew && (!step || Math.abs(best.offset) * 1000 < limitMs)) sys.adjtimex({ shiftUs: Math.round(best.offset * 1e6) });
        else sys.setClockUs(nowUs + Math.round(best.offset * 1e6));
        adjusted = true;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr("ntpdig: no permission to adjust the clock\n".replace("no permission to adjust the clock", error.message));
        io.out.put(best.line(false));
        return 1;
      }
    }
    io.out.put(best.line(adjusted));
    return 0;
  },
);
