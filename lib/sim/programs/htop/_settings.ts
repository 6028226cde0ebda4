// What htop remembers in ~/.config/htop/htoprc: lines of name=value; a screen:NAME line with its dot lines for each tab.
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { columnNamed } from "./_columns.ts";
import { LAYOUTS, METERS, type MeterPlace } from "./_meters.ts";

export interface Tab {
  name: string;
  columns: string[];
  sort: string;
  down: boolean;
  tree: boolean;
  collapsed: boolean;
  byPid: boolean;
}

/** The switches of "Display options", each with its name in the file and the name on the screen. */
export const SWITCHES: readonly (readonly [name: string, label: string])[] = [
  ["screen_tabs", "Show tabs for screens"], ["shadow_other_users", "Shadow other users' processes"], ["hide_kernel_threads", "Hide kernel threads"], ["hide_userland_threads", "Hide userland process threads"], ["hide_running_in_container", "Hide processes running in containers"],
  ["highlight_threads", "Display threads in a different color"], ["show_thread_names", "Show custom thread names"], ["show_program_path", "Show program path"], ["highlight_base_name", 'Highlight program "basename"'], ["highlight_deleted_exe", "Highlight out-dated/removed programs (red) / libraries (yellow)"],
  ["shadow_distribution_path_prefix", "Shadow distribution path prefixes"], ["show_merged_command", "Merge exe, comm and cmdline in Command"], ["find_comm_in_cmdline", "- Try to find comm in cmdline (when Command is merged)"], ["strip_exe_from_cmdline", "- Try to strip exe from cmdline (when Command is merged)"], ["highlight_megabytes", "Highlight large numbers in memory counters"],
  ["header_margin", "Leave a margin around header"], ["detailed_cpu_time", "Detailed CPU time (System/IO-Wait/Hard-IRQ/Soft-IRQ/Steal/Guest)"], ["cpu_count_from_one", "Count CPUs from 1 instead of 0"], ["update_process_names", "Update process names on every refresh"], ["account_guest_in_cpu_meter", "Add guest time in CPU meter percentage"],
  ["show_cpu_usage", "Also show CPU percentage numerically"], ["show_cpu_frequency", "Also show CPU frequency"], ["show_cpu_temperature", "Also show CPU temperature (requires libsensors)"], ["degree_fahrenheit", "- Show temperature in degree Fahrenheit instead of Celsius"], ["enable_mouse", "Enable the mouse"],
];
const ON_AT_FIRST: ReadonlySet<string> = new Set(["screen_tabs", "hide_kernel_threads", "highlight_threads", "show_program_path", "highlight_deleted_exe", "find_comm_in_cmdline", "strip_exe_from_cmdline", "highlight_megabytes", "header_margin", "show_cpu_usage", "enable_mouse"]);
const NUMBERS: readonly (readonly [name: string, usual: number])[] = [["color_scheme", 0], ["highlight_delay_secs", 5], ["hide_function_bar", 0]];

export interface Settings {
  readonly on: Set<string>;
  readonly numbers: Map<string, number>;
  highlightChanges: boolean;
  /** tenths of seconds */
  delay: number;
  layout: string;
  meters: MeterPlace[][];
  tabs: Tab[];
}

function tab(name: string, columns: string, sort: string): Tab {
  return { name, columns: columns.split(" "), sort, down: columnNamed(sort)?.down ?? false, tree: false, collapsed: false, byPid: false };
}

function usualSettings(processors: number): Settings {
  const bars: string[] = processors > 8 ? ["LeftCPUs2"] : processors > 4 ? ["LeftCPUs"] : ["AllCPUs"];
  const right = processors > 8 ? ["RightCPUs2"] : processors > 4 ? ["RightCPUs"] : [];
  return {
    on: new Set(ON_AT_FIRST), numbers: new Map(NUMBERS), highlightChanges: false, delay: 15, layout: "two_50_50",
    meters: [[...bars, "Memory", "Swap"].map((name) => ({ name, mode: 1 })), [...right.map((name) => ({ name, mode: 1 })), ...["Tasks", "LoadAverage", "Uptime"].map((name) => ({ name, mode: 2 }))]],
    tabs: [tab("Main", "PID USER PRIORITY NICE M_VIRT M_RESIDENT M_SHARE STATE PERCENT_CPU PERCENT_MEM TIME Command", "PERCENT_CPU"), tab("I/O", "PID USER IO_PRIORITY IO_RATE IO_READ_RATE IO_WRITE_RATE PERCENT_SWAP_DELAY PERCENT_IO_DELAY Command", "IO_RATE")],
  };
}

const fileOf = (sys: Sys): string => `${sys.environment.get("XDG_CONFIG_HOME") ?? `${sys.environment.get("HOME") ?? ""}/.config`}/htop/htoprc`;

export function* readSettings(sys: Sys, processors: number): Blocking<Settings> {
  const settings = usualSettings(processors);
  const text = yield* readTextFile(sys, fileOf(sys));
  if (text === undefined) return settings;
  const names: string[][] = [];
  const modes: number[][] = [];
  const tabs: Tab[] = [];
  for (const line of text.split("\n")) {
    const at = line.indexOf("=");
    if (at < 0 || line.startsWith("#")) continue;
    const key = line.slice(0, at), value = line.slice(at + 1).trim();
    const meters = /^column_meter(_modes|s)_(\d)$/.exec(key);
    const current = tabs.at(-1);
    if (meters?.[1] === "s") names[Number(meters[2])] = value.split(" ").filter((name) => METERS.has(name));
    else if (meters) modes[Number(meters[2])] = value.split(" ").map(Number);
    else if (key === "header_layout" && LAYOUTS.has(value)) settings.layout = value;
    else if (key === "delay") settings.delay = Math.max(1, Number(value) || 15);
    else if (key === "highlight_changes") settings.highlightChanges = value === "1";
    else if (settings.numbers.has(key)) settings.numbers.set(key, Number(value) || 0);
    else if (SWITCHES.some(([name]) => name === key)) {
      if (value === "1") settings.on.add(key);
      else settings.on.delete(key);
    } else if (key.startsWith("screen:")) tabs.push({ ...tab(key.slice(7), "PID Command", "PID"), columns: value.split(" ").filter((name) => columnNamed(name)) });
    else if (current && key === ".sort_key") current.sort = columnNamed(value) ? value : "PID";
    else if (current && key === ".sort_direction") current.down = value === "-1";
    else if (current && key === ".tree_view") current.tree = value === "1";
    else if (current && key === ".tree_view_always_by_pid") current.byPid = value === "1";
    else if (current && key === ".all_branches_collapsed") current.collapsed = value === "1";
  }
  if (names.length > 0) settings.meters = Array.from({ length: Math.max(names.length, columnsOf(settings)) }, (_, column) => (names[column] ?? []).map((name, at) => ({ name, mode: modes[column]?.[at] ?? 1 })));
  if (tabs.length > 0) settings.tabs = tabs;
  return settings;
}

export function columnsOf(settings: Settings): number {
  return LAYOUTS.get(settings.layout)?.widths.length ?? 2;
}

/** Written when htop ends; what cannot be written is left. */
export function* writeSettings(sys: Sys, settings: Settings): Blocking<void> {
  const flag = (value: boolean): string => (value ? "1" : "0");
  const first = settings.tabs[0];
  const lines = [
    "# Beware! This file is rewritten by htop when settings are changed in the interface.", "# The parser is also very primitive, and not human-friendly.", "htop_version=3.2.2", "config_reader_min_version=3", "fields=0 48 17 18 38 39 40 2 46 47 49 1",
    ...SWITCHES.map(([name]) => `${name}=${flag(settings.on.has(name))}`), `highlight_changes=${flag(settings.highlightChanges)}`, ...NUMBERS.map(([name]) => `${name}=${settings.numbers.get(name) ?? 0}`), `delay=${settings.delay}`,
    `header_layout=${settings.layout}`, ...settings.meters.slice(0, columnsOf(settings)).flatMap((column, at) => [`column_meters_${at}=${column.map((meter) => meter.name).join(" ")}`, `column_meter_modes_${at}=${column.map((meter) => meter.mode).join(" ")}`]),
    `tree_view=${flag(first?.tree ?? false)}`, "sort_key=46", "tree_sort_key=0", `sort_direction=${first?.down ? -1 : 1}`, "tree_sort_direction=1", `tree_view_always_by_pid=${flag(first?.byPid ?? false)}`, `all_branches_collapsed=${flag(first?.collapsed ?? false)}`,
    ...settings.tabs.flatMap((one) => [`screen:${one.name}=${one.columns.join(" ")}`, `.sort_key=${one.sort}`, ".tree_sort_key=PID", `.tree_view=${flag(one.tree)}`, `.tree_view_always_by_pid=${flag(one.byPid)}`, `.sort_direction=${one.down ? -1 : 1}`, ".tree_sort_direction=1", `.all_branches_collapsed=${flag(one.collapsed)}`]),
  ];
  const path = fileOf(sys);
  const made: string[] = [];
  for (const part of path.split("/").slice(1, -1)) {
    made.push(part);
    try {
      sys.mkdir(`/${made.join("/")}`, 0o700);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o644);
    yield* sys.write(fd, encode(`${lines.join("\n")}\n`));
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}
