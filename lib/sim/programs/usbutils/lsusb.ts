// lsusb: USB devices from sysfs. Machines without a USB controller have none, and that is status 1 (lsusb(8), usbutils 014).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, text } from "../kit/gnu.ts";
import { optionLines } from "../kit/help-text.ts";

const DEVICES = "/sys/bus/usb/devices";

function* value(sys: Sys, path: string): Blocking<string> {
  return ((yield* readTextFile(sys, path)) ?? "").trim();
}

const OPTIONS = {
  verbose: flag(["-v", "--verbose"], "more about each device"), slot: text(["-s"], "[[bus]:][devnum]", "only these places"), device: text(["-d"], "vendor:[product]", "only these devices"), file: text(["-D"], "device", "look at that device file"), tree: flag(["-t", "--tree"], "a tree of buses"), shortVersion: flag(["-V"], "show the version"), shortHelp: flag(["-h"], "show this"),
} as const;

const usage = (): string => `Usage: lsusb [options]...\nList USB devices\n${Object.values(OPTIONS).map((option) => optionLines(option)).join("")}`;

/** /:  Bus 01.Port 1: Dev 1, Class=root_hub, Driver=xhci_hcd/4p, 480M, and what is plugged in below. */
function* tree(sys: Sys, names: readonly string[]): Blocking<string> {
  let out = "";
  const speed = function* (path: string): Blocking<string> {
    return `${yield* value(sys, `${path}/speed`)}M`;
  };
  const below = function* (parent: string, depth: number): Blocking<void> {
    const bus = parent.startsWith("usb") ? parent.slice(3) : parent;
    const children = names.filter((name) => (parent.startsWith("usb") ? /^\d+-\d+$/.test(name) && name.startsWith(`${bus}-`) : name.startsWith(`${parent}.`) && !name.slice(parent.length + 1).includes(".")));
    for (const name of children) {
      const path = `${DEVICES}/${name}`;
      const port = name.slice(Math.max(name.lastIndexOf("-"), name.lastIndexOf(".")) + 1);
      out += `${"    ".repeat(depth)}|__ Port ${port}: Dev ${yield* value(sys, `${path}/devnum`)}, If 0, Class=${yield* value(sys, `${path}/bDeviceClass`)}, Driver=, ${yield* speed(path)}\n`;
      yield* below(name, depth + 1);
    }
  };
  for (const name of names.filter((one) => one.startsWith("usb")).reverse()) {
    const path = `${DEVICES}/${name}`;
    out += `/:  Bus ${(yield* value(sys, `${path}/busnum`)).padStart(2, "0")}.Port 1: Dev 1, Class=root_hub, Driver=xhci_hcd/${yield* value(sys, `${path}/maxchild`)}p, ${yield* speed(path)}\n`;
    yield* below(name, 1);
  }
  return out;
}

export default gnu({
  name: "lsusb",
  summary: "list USB devices",
  synopsis: ["[options]..."],
  versionText: "lsusb (usbutils) 014\n",
  tryLine: usage,
  exitStatuses: [["0", "devices were found"], ["1", "none was found, or it was called wrongly"]],
  options: OPTIONS,
  *run({ options, sys }, io) {
    if (options.shortVersion || options.shortHelp) {
      io.out.put(options.shortVersion ? "lsusb (usbutils) 014\n" : usage());
      return options.shortVersion ? 0 : 1;
    }
    if (options.file !== undefined) {
      yield* io.stderr(`Cannot open ${options.file}\n`);
      return 1;
    }
    let names: readonly string[] = [];
    try {
      names = sys.readdir(DEVICES).map((entry) => entry.name).filter((name) => !name.includes(":")).sort();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    if (options.tree) {
      io.out.put(yield* tree(sys, names));
      return names.length === 0 ? 1 : 0;
    }
    let shown = 0;
    for (const name of names) {
      const path = `${DEVICES}/${name}`;
      const bus = yield* value(sys, `${path}/busnum`);
      const number = yield* value(sys, `${path}/devnum`);
      const ids = `${yield* value(sys, `${path}/idVendor`)}:${yield* value(sys, `${path}/idProduct`)}`;
      if (options.device !== undefined && !ids.startsWith(options.device)) continue;
      if (options.slot !== undefined) {
        const [wantedBus = "", wantedNumber = ""] = options.slot.includes(":") ? options.slot.split(":") : ["", options.slot];
        if ((wantedBus !== "" && Number(wantedBus) !== Number(bus)) || (wantedNumber !== "" && Number(wantedNumber) !== Number(number))) continue;
      }
      shown++;
      io.out.put(`Bus ${bus.padStart(3, "0")} Device ${number.padStart(3, "0")}: ID ${ids} ${yield* value(sys, `${path}/manufacturer`)} ${yield* value(sys, `${path}/product`)}\n`);
    }
    return shown === 0 ? 1 : 0;
  },
});
