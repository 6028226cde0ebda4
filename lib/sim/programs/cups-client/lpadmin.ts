// lpadmin: makes, changes and removes queues and classes (lpadmin(8) of CUPS).
import type { Blocking } from "../../kernel/sys.ts";
import type { CupsRequest } from "../cups-daemon/_protocol.ts";
import { cups, tell } from "./_client.ts";

const MODELS = /^(?:raw|everywhere|drv:\/\/\/\S+|lsb\/\S+|\S+\.ppd)$/;

export default cups({
  name: "lpadmin", path: "/usr/sbin/lpadmin", manSection: 8, summary: "add, change and remove printers of CUPS",
  usage: ["[options] -d destination", "[options] -p destination", "[options] -p destination -c class", "[options] -p destination -r class", "[options] -x destination"],
  options: [["-c class", "Put the printer into a class"], ["-d destination", "Make it the default"], ["-D description", "What people call it"], ["-E", "Encrypt (before -p); accept jobs and print them (after -p)"], ["-h server[:port]", "The server to ask"], ["-i ppd-file", "The PPD file that describes the printer"], ["-L location", "Where it stands"], ["-m model", "Its model: raw, everywhere, or one of lpinfo -m"], ["-o name=value", "A default of an option"], ["-p destination", "The queue to make or change"], ["-r class", "Take the printer out of a class"], ["-R name-default", "Forget a default"], ["-u allow:list", "Who may print: allow:..., deny:..."], ["-U username", "The user to name to the server"], ["-v device-uri", "The device: file:, socket:, lpd:, ipp:, usb:..."], ["-x destination", "Remove the queue"]],
  unknown: (letter) => `Unknown option "${letter}".`,
  *run({ sys, given, usage }, io) {
    let name: string | undefined;
    let enable = false;
    const change: { uri?: string; info?: string; location?: string; model?: string } = {};
    const options: (readonly [string, string])[] = [];
    let changed = false;
    const ask = function* (request: CupsRequest): Blocking<boolean> {
      const reply = yield* tell(sys, request);
      if (reply.error !== undefined) yield* io.stderr(`lpadmin: ${reply.error}\n`);
      return reply.error === undefined;
    };
    if (given.length === 0) {
      yield* io.stderr(usage());
      return 1;
    }
    for (const [key, value] of given) {
      switch (key) {
        case "": yield* io.stderr(`lpadmin: Unknown argument "${value}".\n${usage()}`); return 1;
        case "p": name = value; break;
        case "E": if (name !== undefined) enable = changed = true; break;
        case "v": change.uri = value; changed = true; break;
        case "D": change.info = value; changed = true; break;
        case "L": change.location = value; changed = true; break;
        case "i": changed = true; break;
        case "m":
          if (!MODELS.test(value)) {
            yield* io.stderr("lpadmin: Unable to copy PPD file.\n");
            return 1;
          }
          change.model = value === "raw" ? "Local Raw Printer" : value;
          changed = true;
          if (value === "raw") yield* io.stderr("lpadmin: Raw queues are deprecated and will stop working in a future version of CUPS.\n");
          else if (value !== "everywhere") yield* io.stderr("lpadmin: Printer drivers are deprecated and will stop working in a future version of CUPS.\n");
          break;
        case "o": options.push([value.split("=")[0] ?? "", value.slice(value.indexOf("=") + 1)]); changed = true; break;
        case "u": case "R": changed = true; break;
        case "c": case "r":
          if (name === undefined) {
            yield* io.stderr(key === "c" ? "lpadmin: Unable to add a printer to the class:\n         You must specify a printer name first.\n" : "lpadmin: Unable to remove a printer from the class:\n         You must specify a printer name first.\n");
            return 1;
          }
          if (!(yield* ask({ op: "class", name: value, member: name, remove: key === "r" }))) return 1;
          break;
        case "d": if (!(yield* ask({ op: "default", name: value }))) return 1; break;
        case "x": if (!(yield* ask({ op: "delete", name: value }))) return 1; break;
      }
    }
    if (name !== undefined && (changed || given.length === 1)) return (yield* ask({ op: "printer", name, ...change, ...(enable && { enable }), ...(options.length > 0 && { options }) })) ? 0 : 1;
    return 0;
  },
});
