// sensors: temperatures, voltages and fans that the hardware tells (sensors(1), lm-sensors 3.6.0): the chips of /sys/class/hwmon.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, type Io, text, unsimulated } from "../kit/gnu.ts";

interface Chip {
  readonly name: string;
  readonly readings: readonly { readonly label: string; readonly kind: string; readonly value: number }[];
}

function* chips(sys: Sys): Blocking<readonly Chip[]> {
  const found: Chip[] = [];
  let entries: readonly { readonly name: string }[];
  try {
    entries = sys.readdir("/sys/class/hwmon");
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
  for (const { name } of entries) {
    const directory = `/sys/class/hwmon/${name}`;
    const chip = (yield* readTextFile(sys, `${directory}/name`))?.trim();
    if (chip === undefined) continue;
    const readings: { label: string; kind: string; value: number }[] = [];
    for (const file of sys.readdir(directory)) {
      const match = /^(temp|in|fan)(\d+)_input$/.exec(file.name);
      if (match === null) continue;
      const value = Number(((yield* readTextFile(sys, `${directory}/${file.name}`)) ?? "0").trim());
      const label = ((yield* readTextFile(sys, `${directory}/${match[1] ?? ""}${match[2] ?? ""}_label`)) ?? `${match[1] ?? ""}${match[2] ?? ""}`).trim();
      readings.push({ label, kind: match[1] ?? "", value });
    }
    found.push({ name: `${chip}-virtual-0`, readings });
  }
  return found;
}

export default gnu({
  name: "sensors", summary: "temperatures, voltages and fans", synopsis: ["[OPTION]... [CHIP]..."], operands: "none", helpLetter: "h", versionLetter: "v", versionText: "sensors version 3.6.0 with libsensors version 3.6.0\n", tryLine: () => "Try `sensors -h' for more information\n",
  description: ["A virtual machine has no chips that measure: the messages say so."],
  options: {
    fahrenheit: flag(["-f", "--fahrenheit"], "degrees Fahrenheit"), adapter: flag(["-A", "--no-adapter"], "leave the adapter out"), raw: flag(["-u"], "the values as they are"), json: flag(["-j"], "as JSON"), file: text(["-c", "--config-file"], "FILE", "read these settings"),
    set: unsimulated(["-s", "--set"], "set limits", "There are no chips to set."), bus: unsimulated(["--bus-list"], "lines for the settings", "There are no chips on a bus."),
  },
  *run({ options, operands, sys }, io: Io) {
    const found = (yield* chips(sys)).filter(({ name }) => operands.length === 0 || operands.some((pattern) => pattern === name || (pattern.endsWith("*") && name.startsWith(pattern.slice(0, -1)))));
    if (found.length === 0) {
      yield* io.stderr(operands.length === 0 ? "No sensors found!\nMake sure you loaded all the kernel drivers you need.\nTry sensors-detect to find out which these are.\n" : "Specified sensor(s) not found!\n");
      if (options.json && operands.length === 0) io.out.put("{\n\n}\n");
      return 1;
    }
    for (const chip of found) {
      io.out.put(`${chip.name}\n${options.adapter ? "" : "Adapter: Virtual device\n"}`);
      for (const { label, kind, value } of chip.readings) {
        const shown = kind === "temp" ? (options.fahrenheit ? `+${((value / 1000) * 1.8 + 32).toFixed(1)}°F` : `+${(value / 1000).toFixed(1)}°C`) : kind === "in" ? `${(value / 1000).toFixed(2)} V` : `${value} RPM`;
        io.out.put(`${`${label}:`.padEnd(14)}${shown}\n`);
      }
      io.out.put("\n");
    }
    return 0;
  },
});
