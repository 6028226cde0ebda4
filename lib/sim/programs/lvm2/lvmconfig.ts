// lvmconfig: the settings of /etc/lvm/lvm.conf, or those that are built in (lvmconfig(8)). Built-in values as lvm2 2.03.16 tells them.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, text } from "../kit/gnu.ts";
import { badValue, fail } from "./_error.ts";
import { guarded, LVM, tryLine, VERSION_TEXT } from "./_lvm.ts";

const BUILT_IN: ReadonlyMap<string, readonly (readonly [key: string, value: string])[]> = new Map([
  ["devices", [["dir", '"/dev"'], ["scan", '["/dev"]'], ["filter", '["a|.*|"]'], ["use_devicesfile", "0"], ["issue_discards", "0"], ["data_alignment", "0"]]],
  ["allocation", [["thin_pool_zero", "1"]]],
  ["log", [["verbose", "0"]]],
  ["backup", [["backup", "1"], ["backup_dir", '"/etc/lvm/backup"'], ["archive", "1"], ["archive_dir", '"/etc/lvm/archive"'], ["retain_min", "10"], ["retain_days", "30"]]],
  ["global", [["umask", "077"], ["units", '"r"'], ["locking_dir", '"/run/lock/lvm"'], ["use_lvmlockd", "0"], ["mirror_segtype_default", '"raid1"'], ["raid10_segtype_default", '"raid10"']]],
  ["activation", [["raid_fault_policy", '"warn"'], ["snapshot_autoextend_threshold", "100"], ["snapshot_autoextend_percent", "20"], ["thin_pool_autoextend_threshold", "100"], ["thin_pool_autoextend_percent", "20"]]],
]);

/** Sections in the order of the file. */
function* configured(sys: Sys): Blocking<ReadonlyMap<string, readonly (readonly [string, string])[]>> {
  const sections = new Map<string, (readonly [string, string])[]>();
  let current: (readonly [string, string])[] | undefined;
  for (const line of ((yield* readTextFile(sys, "/etc/lvm/lvm.conf")) ?? "").split("\n")) {
    const bare = line.replace(/^\s*#.*$/, "").trim();
    const opened = /^([a-z_]+)\s*\{/.exec(bare)?.[1];
    if (opened !== undefined) sections.set(opened, (current = sections.get(opened) ?? []));
    else if (bare === "}") current = undefined;
    const [, key, value] = /^([a-z_0-9]+)\s*=\s*(.*)$/.exec(bare) ?? [];
    if (key !== undefined && value !== undefined) current?.push([key, value.replace(/\s*#[^"]*$/, "").replace(/^\[\s*("[^"]*")\s*\]$/, "$1")]);
  }
  return sections;
}

export default gnu({
  name: "lvmconfig", path: "/sbin/lvmconfig", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "print the settings of LVM", synopsis: ["[--type current|default|diff|full] [SECTION[/KEY]]...", "--validate"], operands: "none",
  options: { type: text(["--typeconfig", "--type"], "TYPE", "current: what lvm.conf says; default: what is built in; diff: where they differ; full: both"), validate: flag(["--validate"], "check lvm.conf"), comments: flag(["--withcomments"], "taken"), versions: flag(["--withversions"], "taken") },
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const own = yield* configured(sys);
      if (options.validate) {
        const unknown = [...own].find(([section]) => !BUILT_IN.has(section) && !["config", "shell", "dmeventd", "tags", "report", "local", "metadata"].includes(section));
        if (unknown) fail(`Configuration section "${unknown[0]}" unknown.\nLVM configuration invalid.`);
        lvm.say("LVM configuration valid.");
        return 0;
      }
      const type = options.type ?? "current";
      if (!["current", "default", "diff", "full", "missing", "new", "list"].includes(type)) badValue("--typeconfig", type);
      const builtIn = type === "default" || type === "list";
      const merged = new Map(builtIn ? BUILT_IN : own);
      if (type === "full") for (const [section, rows] of BUILT_IN) merged.set(section, [...(own.get(section) ?? []), ...rows.filter(([key]) => !(own.get(section) ?? []).some(([one]) => one === key))]);
      if (type === "diff") for (const [section, rows] of own) {
        const left = rows.filter(([key, value]) => BUILT_IN.get(section)?.find(([one]) => one === key)?.[1].replace(/^\["(.*)"\]$/, '"$1"') !== value);
        if (left.length > 0) merged.set(section, left);
        else merged.delete(section);
      }
      const line = ([key, value]: readonly [string, string]): string => `${builtIn ? "# " : ""}${key}=${value}\n`;
      const show = (section: string, rows: readonly (readonly [string, string])[]): void => io.out.put(`${section} {\n${rows.map((row) => `\t${line(row)}`).join("")}}\n`);
      if (operands.length === 0) for (const [section, rows] of merged) show(section, rows);
      let status = 0;
      for (const node of operands) {
        const [section = "", key] = node.split("/");
        const rows = merged.get(section);
        const row = key === undefined ? undefined : rows?.find(([one]) => one === key);
        if (rows && key === undefined) show(section, rows);
        else if (row) io.out.put(line(row));
        else {
          yield* io.out.flush();
          yield* lvm.warn(`Configuration node ${node} not found`);
          status = 5;
        }
      }
      return status;
    });
  },
});
