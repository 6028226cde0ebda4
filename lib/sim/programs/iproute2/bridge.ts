import { type Io, flag, program } from "../kit/program.ts";
import { IpContext, IpFailure, matches } from "./_ip-context.ts";

export default program(
  { name: "bridge", path: "/sbin/bridge", manSection: 8, summary: "show and change bridges: ports, VLANs, addresses learned", synopsis: ["[OPTIONS] { link | fdb | vlan } { show }"], options: [flag(["-d"], "details"), flag(["-V"], "display version")] },
  function* (sys, argv, io: Io) {
    const words = argv.slice(1).filter((word) => !word.startsWith("-"));
    const context = new IpContext(sys, io, { family: undefined, brief: false, oneLine: false, json: false, pretty: false, details: false, statistics: 0, numeric: false, color: false, namespace: undefined, force: false, all: false });
    const [object = "", action = "show"] = words;
    const device = words.includes("dev") ? words[words.indexOf("dev") + 1] : words.includes("br") ? words[words.indexOf("br") + 1] : undefined;
    try {
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
      return error.status;
    }
    yield* io.stderr(object === "" ? "Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }\nwhere  OBJECT := { link | fdb | mdb | vlan | monitor }\n" : `Object "${object}" is unknown, try "bridge help".\n`);
    return 255;
  },
);
