// tc: the queueing disciplines that links have. Changing them is not simulated: packets go at once.
import { type Io, flag, program } from "../kit/program.ts";
import { IpContext, IpFailure, matches } from "./_ip-context.ts";

const USAGE = "Usage:\ttc [ OPTIONS ] OBJECT { COMMAND | help }\n\ttc [-force] -batch filename\nwhere  OBJECT := { qdisc | class | filter | chain |\n\t\t    action | monitor | exec }\n       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] | -r[aw] |\n\t\t    -o[neline] | -j[son] | -p[retty] | -c[olor] |\n\t\t    -b[atch] [filename] | -n[etns] name | -N[umeric] |\n\t\t     -nm | -nam[es] | { -cf | -conf } path\n\t\t     -br[ief] }\n";

export default program(
  { name: "tc", path: "/sbin/tc", manSection: 8, summary: "queues, delays and limits of what an interface sends", synopsis: ["[OPTIONS] OBJECT { COMMAND | help }"], options: [flag(["-s"], "statistics"), flag(["-d"], "details"), flag(["-V"], "version")] },
  function* (sys, argv, io: Io) {
    const unknown = argv.slice(1).find((word) => word.startsWith("--") || (word.startsWith("-") && !/^-(?:V|s|d|r|o|j|p|c|b|n|N|nm|nam|cf|conf|br|h|force|help|iec|t|a)/.test(word)));
    if (unknown !== undefined && unknown !== "--help") {
      yield* io.stderr(`Option "${unknown}" is unknown, try "tc -help".\n`);
      return 255;
    }
    const words = argv.slice(1).filter((word) => !word.startsWith("-"));
    if (argv.slice(1).some((word) => /^-V/.test(word))) {
      io.out.put("tc utility, iproute2-6.1.0, libbpf 1.1.0\n");
      return 0;
    }
    const statistics = argv.slice(1).some((word) => /^-s/.test(word));
    const context = new IpContext(sys, io, { family: undefined, brief: false, oneLine: false, json: false, pretty: false, details: false, statistics: 0, numeric: false, color: false, namespace: undefined, force: false, all: false });
    const [object = "", action = "show"] = words;
    const device = words.includes("dev") ? words[words.indexOf("dev") + 1] : undefined;
    try {
      if (device !== undefined) context.device(device);
      const shows = matches(action, "show") || matches(action, "list");
      if (matches(object, "qdisc")) {
        if (!shows) {
          if (matches(action, "help")) {
            yield* io.stderr("Usage: tc qdisc [ add | del | replace | change | show ] dev STRING\n");
            return 255;
          }
          if (sys.getcred().euid !== 0) throw new IpFailure("RTNETLINK answers: Operation not permitted", 2);
          sys.observe({ kind: "unsimulated", command: "tc", detail: words.join(" ") });
          throw new IpFailure("tc: queueing disciplines cannot be changed here: the simulation sends packets at once", 2);
        }
        for (const link of context.links) {
          if (device !== undefined && link.name !== device) continue;
          const kind = context.queueing(link);
          if (kind === "noop") continue;
          io.out.put(kind === "fq_codel" ? `qdisc fq_codel 0: dev ${link.name} root refcnt 2 limit 10240p flows 1024 quantum 1514 target 5ms interval 100ms memory_limit 32Mb ecn drop_batch 64 \n` : `qdisc ${kind} 0: dev ${link.name} root refcnt 2 \n`);
          if (statistics) io.out.put(` Sent ${link.txBytes} bytes ${link.txPackets} pkt (dropped 0, overlimits 0 requeues 0) \n backlog 0b 0p requeues 0\n`);
        }
        return 0;
      }
      if (matches(object, "class") || matches(object, "filter") || matches(object, "chain")) {
        if (shows && device === undefined && matches(object, "class")) {
          yield* io.stderr('Error: "dev" is required.\n');
          return 255;
        }
        if (shows) return 0;
        sys.observe({ kind: "unsimulated", command: "tc", detail: words.join(" ") });
        throw new IpFailure("tc: classes and filters are not simulated here", 2);
      }
    } catch (error) {
      if (!(error instanceof IpFailure)) throw error;
      yield* io.stderr(`${error.message}\n`);
      return error.status;
    }
    yield* io.stderr(object === "" || matches(object, "help") ? USAGE : `Object "${object}" is unknown, try "tc help".\n`);
    return object === "" ? 0 : 255;
  },
);
