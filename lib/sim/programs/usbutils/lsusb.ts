// lsusb: USB devices from sysfs. Machines without a USB controller have none (lsusb(8)).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, text } from "../kit/gnu.ts";

const DEVICES = "/sys/bus/usb/devices";

function* value(sys: Sys, path: string): Blocking<string> {
  return ((yield* readTextFile(sys, path)) ?? "").trim();
}

export default gnu({
  name: "lsusb",
  summary: "list USB devices",
  synopsis: ["[options]..."],
  project: "lsusb",
  version: "014",
  options: {
    verbose: flag(["-v", "--verbose"], "more about each device"),
    slot: text(["-s"], "[[bus]:][devnum]", "only these places"),
    device: text(["-d"], "vendor:[product]", "only these devices"),
    tree: flag(["-t", "--tree"], "a tree of buses"),
  },
  *run({ options, sys }, io) {
    let names: readonly string[] = [];
    try {
      names = sys.readdir(DEVICES).map((entry) => entry.name).filter((name) => !name.includes(":")).sort();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
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
    return shown === 0 && (options.device !== undefined || options.slot !== undefined) ? 1 : 0;
  },
});
