// The rarer fields of top: read only when they are shown, each from its file of /proc/PID (proc(5)).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { PAGE_KIB, parseStatusFields, type ProcessInfo } from "../kit/processes.ts";

const STATUS: ReadonlyMap<string, string> = new Map([["SWAP", "VmSwap"], ["RSan", "RssAnon"], ["RSfd", "RssFile"], ["RSlk", "VmLck"], ["RSsh", "RssShmem"]]);
const SMAPS: ReadonlyMap<string, string> = new Map([["RSS", "Rss"], ["PSS", "Pss"], ["PSan", "Pss_Anon"], ["PSfd", "Pss_File"], ["PSsh", "Pss_Shmem"]]);
const IO: ReadonlyMap<string, string> = new Map([["ioR", "rchar"], ["ioRop", "syscr"], ["ioW", "wchar"], ["ioWop", "syscw"]]);
const NAMESPACES: ReadonlyMap<string, string> = new Map([["nsIPC", "ipc"], ["nsMNT", "mnt"], ["nsNET", "net"], ["nsPID", "pid"], ["nsUSER", "user"], ["nsUTS", "uts"], ["nsCGROUP", "cgroup"], ["nsTIME", "time"]]);
const FILES: ReadonlyMap<string, string> = new Map([["WCHAN", "wchan"], ["OOMa", "oom_score_adj"], ["OOMs", "oom_score"], ["LOGID", "loginuid"], ["ENVIRON", "environ"], ["CGROUPS", "cgroup"]]);
const OTHERS = ["CODE", "DATA", "nDRT", "USED", "USS", "SUPGIDS", "SUPGRPS", "CGNAME", "EXE", "LXC", "NU", "AGID", "AGNI", "vMj", "vMn", "%CUU", "%CUC"];

export const MORE_FIELDS: ReadonlySet<string> = new Set([...STATUS.keys(), ...SMAPS.keys(), ...IO.keys(), ...NAMESPACES.keys(), ...FILES.keys(), ...OTHERS]);

const firstNumber = (text: string | undefined): string => /^-?\d+/.exec(text ?? "")?.[0] ?? "0";

function link(sys: Sys, path: string): string | undefined {
  try {
    return sys.readlink(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** Sizes are in KiB without their unit. */
export function* moreCells(sys: Sys, process: ProcessInfo, fields: readonly string[], uptimeSeconds: number): Blocking<ReadonlyMap<string, string>> {
  const cells = new Map<string, string>();
  const folder = `/proc/${process.pid}`;
  const read = (name: string): Blocking<string | undefined> => readTextFile(sys, `${folder}/${name}`);
  const groups = (process.status.get("Groups") ?? "").split(/\s+/).filter((one) => one !== "");
  const wants = (names: ReadonlyMap<string, string>): boolean => fields.some((name) => names.has(name));
  const smaps = wants(SMAPS) || fields.includes("USS") ? parseStatusFields((yield* read("smaps_rollup")) ?? "") : undefined;
  const io = wants(IO) ? parseStatusFields((yield* read("io")) ?? "") : undefined;
  const usage = (ticks: number): string => ((100 * ticks) / 100 / Math.max(0.01, uptimeSeconds - process.startTicks / 100)).toFixed(3);
  for (const name of fields) {
    if (!MORE_FIELDS.has(name)) continue;
    const status = STATUS.get(name), inSmaps = SMAPS.get(name), counter = IO.get(name), namespace = NAMESPACES.get(name), file = FILES.get(name);
    if (status !== undefined) cells.set(name, firstNumber(process.status.get(status)));
    else if (inSmaps !== undefined) cells.set(name, firstNumber(smaps?.get(inSmaps)));
    else if (counter !== undefined) cells.set(name, firstNumber(io?.get(counter)));
    else if (namespace !== undefined) cells.set(name, /\[(\d+)\]/.exec(link(sys, `${folder}/ns/${namespace}`) ?? "")?.[1] ?? "-");
    else if (file !== undefined) {
      const text = ((yield* read(file)) ?? "-").trim().replaceAll("\0", " ").replaceAll("\n", ",");
      cells.set(name, name === "LOGID" && (text === "4294967295" || text === "-") ? "-1" : text === "" ? "-" : text);
    } else switch (name) {
      case "CODE": case "DATA": case "nDRT": {
        const pages = ((yield* read("statm")) ?? "").split(" ").map(Number);
        cells.set(name, name === "nDRT" ? "0" : String((pages[name === "CODE" ? 3 : 5] ?? 0) * PAGE_KIB));
        break;
      }
      case "USED": cells.set(name, String(process.residentPages * PAGE_KIB + Number(firstNumber(process.status.get("VmSwap"))))); break;
      case "USS": cells.set(name, String(Number(firstNumber(smaps?.get("Private_Clean"))) + Number(firstNumber(smaps?.get("Private_Dirty"))))); break;
      case "SUPGIDS": cells.set(name, groups.join(",") || "-"); break;
      case "SUPGRPS": {
        const accounts = yield* Accounts.read(sys);
        cells.set(name, groups.map((gid) => accounts.groupName(Number(gid))).join(",") || "-");
        break;
      }
      case "CGNAME": cells.set(name, /\/([^/\n]*)$/m.exec((yield* read("cgroup")) ?? "")?.[1] || "-"); break;
      case "EXE": cells.set(name, link(sys, `${folder}/exe`) ?? "-"); break;
      case "LXC": cells.set(name, "-"); break;
      case "%CUU": case "%CUC": cells.set(name, usage(process.userTicks + process.systemTicks)); break;
      default: cells.set(name, "0");
    }
  }
  if (sys.charge(10)) yield* sys.preempt();
  return cells;
}
