import { type Io, flag, program } from "../kit/program.ts";
import { BRIDGE_OBJECTS, BRIDGE_USAGE } from "./_bridge-usage.ts";
import { IpContext, IpFailure, matches } from "./_ip-context.ts";

export default program(
  { name: "bridge", path: "/sbin/bridge", manSection: 8, summary: "show and change bridges: ports, VLANs, addresses learned", synopsis: ["[OPTIONS] { link | fdb | mdb | vlan } { show | help }"], options: [flag(["-d"], "details"), flag(["-V"], "display version")] },
  function* (sys, argv, io: Io) {
    const words = argv.slice(1).filter((word) => !word.startsWith("-"));
    const letters = argv.slice(1).filter((word) => word.startsWith("-")).map((word) => word.replace(/^--?/, ""));
    if (letters.some((word) => matches(word, "Version"))) {
      io.out.put("bridge utility, 6.1.0\n");
      return 0;
    }
    const unknown = letters.find((word) => !["help", "stats", "statistics", "details", "oneline", "timestamp", "tshort", "family", "force", "json", "pretty", "compressvlans", "color", "netns", "batch", "N", "Numeric", "4", "6"].some((one) => matches(word.split("=")[0] ?? "", one)));
    if (unknown !== undefined) {
      yield* io.stderr(`Option "-${unknown}" is unknown, try "bridge help".\n`);
      return 255;
    }
    const context = new IpContext(sys, io, { family: undefined, brief: false, oneLine: false, json: false, pretty: false, details: false, statistics: 0, numeric: false, color: false, namespace: undefined, force: false, all: false });
    const [object = "", action = "show"] = words;
    const device = words.includes("dev") ? words[words.indexOf("dev") + 1] : words.includes("br") ? words[words.indexOf("br") + 1] : undefined;
    const named = [...BRIDGE_OBJECTS].find(([name]) => object !== "" && matches(object, name));
    if (object === "" || matches(object, "help")) {
      yield* io.stderr(BRIDGE_USAGE);
      return 255;
    }
    if (named !== undefined && matches(action, "help")) {
      yield* io.stderr(named[1]);
      return 255;
    }
    if (named !== undefined && !matches(action, "show") && action !== "lst" && !matches(action, "list")) {
      if (!["add", "append", "replace", "delete", "set", "get", "flush", "tunnelshow", "global"].some((one) => matches(action, one))) {
        yield* io.stderr(`Command "${action}" is unknown, try "bridge ${named[0]} help".\n`);
        return 255;
      }
      sys.observe({ kind: "unsimulated", command: "bridge", detail: words.join(" ") });
      yield* io.stderr(`bridge ${named[0]} ${action} is not simulated here\n`);
      return 255;
    }
    try {
      // nobody subscribes to groups here
      if (matches(object, "mdb")) return 0;
      if (device !== undefined) context.device(device);
      if (matches(object, "link") && (matches(action, "show") || matches(action, "list"))) {
        for (const link of context.links) {
          if (link.master === undefined || (device !== undefined && link.name !== device)) continue;
          io.out.put(`${link.index}: ${context.fullName(link)}: <${context.flags(link).join(",")}> mtu ${link.mtu} master ${context.nameOf(link.master)} state ${link.up && link.carrier ? "forwarding" : "disabled"} priority 32 cost ${link.kind === "veth" ? 2 : 100} \n`);
        }
        return 0;
      }
      if (matches(object, "fdb")) {
        for (const link of context.links) {
          if (link.kind === "loopback" || (device !== undefined && link.name !== device)) continue;
          if (link.master !== undefined) {
            const master = context.nameOf(link.master);
            io.out.put(`${link.mac}${device === undefined ? ` dev ${link.name}` : ""} vlan 1 master ${master} permanent\n${link.mac}${device === undefined ? ` dev ${link.name}` : ""} master ${master} permanent\n`);
          }
          io.out.put(`33:33:00:00:00:01${device === undefined ? ` dev ${link.name}` : ""} self permanent\n`);
        }
        return 0;
      }
      if (matches(object, "vlan")) {
        io.out.put("port              vlan-id  \n");
        for (const link of context.links) if (link.kind === "bridge" || link.master !== undefined) io.out.put(`${link.name.padEnd(18)}1 PVID Egress Untagged\n`);
        return 0;
      }
    } catch (error) {
      if (!(error instanceof IpFailure)) throw error;
      yield* io.stderr(`${error.message}\n`);
      return 255;
    }
    yield* io.stderr(`Object "${object}" is unknown, try "bridge help".\n`);
    return 255;
  },
);
