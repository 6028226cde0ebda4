// systemctl set-property: resource settings that change while the unit runs, kept in a drop-in of their own.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { makeDirectories, writeFile } from "./api/files.ts";
import { parseBytes } from "./cgroup-files.ts";
import type { Supervisor } from "./supervisor.ts";
import { ScopeUnit } from "./scope-unit.ts";
import { ServiceUnit } from "./service.ts";
import type { Unit } from "./unit.ts";

const byteSettings = new Set(["MemoryMin", "MemoryLow", "MemoryHigh", "MemoryMax", "MemorySwapMax"]);
const otherSettings = new Set(["TasksMax", "CPUQuota", "CPUWeight", "IOWeight", "AllowedCPUs", "Description"]);

/** As the file stores it; undefined when the setting cannot be changed this way. */
function storedValue(name: string, value: string): string | undefined {
  if (byteSettings.has(name)) {
    const bytes = parseBytes(value, 2560 * 1024 * 1024);
    return bytes === "max" ? "infinity" : bytes;
  }
  return otherSettings.has(name) ? value : undefined;
}

/** An error in systemctl's words, or undefined. */
export function* setProperties(supervisor: Supervisor, unit: Unit, assignments: readonly (readonly [string, string])[], runtime: boolean): Blocking<string | undefined> {
  for (const [name, value] of assignments) if (storedValue(name, value) === undefined) return `Cannot set property ${name}, or unknown property.`;
  const directory = `${unit.transient ? "/run/systemd/transient" : runtime ? "/run/systemd/system.control" : "/etc/systemd/system.control"}/${unit.name}.d`;
  try {
    makeDirectories(supervisor.sys, directory);
    for (const [name, value] of assignments) {
      const stored = storedValue(name, value) ?? value;
      const section = name === "Description" ? "Unit" : unit.section;
      const path = `${directory}/50-${name}.conf`;
      yield* writeFile(supervisor.sys, path, `# This is a drop-in unit file extension, created via "systemctl set-property"\n# or an equivalent operation. Do not edit.\n[${section}]\n${name}=${stored}\n`);
      unit.text.append(`[${section}]\n${name}=${stored}\n`);
      if (unit.source !== undefined && !unit.source.dropIns.includes(path)) unit.source = { ...unit.source, dropIns: [...unit.source.dropIns, path] };
    }
    unit.fileTimeUs = supervisor.realtimeUs();
    if (unit instanceof ServiceUnit || unit instanceof ScopeUnit) yield* unit.cgroup.apply();
  } catch (error) {
    if (error instanceof SysError) return error.message;
    throw error;
  }
  return undefined;
}
