// systemd-id128: identifiers of 128 bits: new ones, the machine's, the boot's, the invocation's.
import { tryReadFile } from "../../daemons/systemd/api/files.ts";
import { bootId } from "../../daemons/systemd/api/journal.ts";
import { flag, text } from "../kit/gnu.ts";
import { complain, systemdTool } from "./_systemd.ts";

export default systemdTool({
  name: "systemd-id128",
  path: "/usr/bin/systemd-id128",
  summary: "make and show identifiers of 128 bits",
  synopsis: ["[OPTIONS...] {new|machine-id|boot-id|invocation-id|show}"],
  options: {
    pretty: flag(["-p", "--pretty"], "as source code shows them"),
    uuid: flag(["-u", "--uuid"], "with dashes"),
    appSpecific: text(["-a", "--app-specific"], "ID", "derived for an application"),
    value: flag(["-P", "--value"], "the value only"),
  },
  *run({ options, operands, sys }, io) {
    const [verb] = operands;
    let id: string | undefined;
    switch (verb) {
      case "new":
        id = [...sys.random(16)].map((byte, index) => (index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, "0")).join("");
        break;
      case "machine-id":
        id = ((yield* tryReadFile(sys, "/etc/machine-id")) ?? "").trim();
        if (!/^[0-9a-f]{32}$/.test(id)) {
          yield* complain(io, `Failed to get machine-ID: ${id === "" ? "No such file or directory" : "Invalid argument"}`);
          return 1;
        }
        break;
      case "boot-id":
        id = yield* bootId(sys);
        break;
      case "invocation-id":
        id = sys.environment.get("INVOCATION_ID");
        if (id === undefined) {
          yield* complain(io, "Failed to get invocation-ID: No such device or address");
          return 1;
        }
        break;
      case undefined:
        yield* complain(io, "Too few arguments.");
        return 1;
      default:
        yield* complain(io, `Unknown command verb ${verb}.`);
        return 1;
    }
    const text = id;
    io.out.put(`${options.uuid ? text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") : text}\n`);
    return 0;
  },
});
