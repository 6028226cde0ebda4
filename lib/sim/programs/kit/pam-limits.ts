// pam_limits: /etc/security/limits.conf and limits.d/*.conf, as the module sets them (limits.conf(5), pam_limits(8)).
import { type Blocking, type ResourceLimitKind, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "./accounts.ts";

interface Person {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** by name */
  readonly groups: readonly string[];
}

/** What a unit of the item is worth: sizes are in KiB, time in minutes. */
const ITEMS: ReadonlyMap<string, { readonly kind: ResourceLimitKind; readonly unit: number }> = new Map([
  ["core", { kind: "core", unit: 1024 }], ["data", { kind: "data", unit: 1024 }], ["fsize", { kind: "fsize", unit: 1024 }], ["memlock", { kind: "memlock", unit: 1024 }], ["nofile", { kind: "nofile", unit: 1 }],
  ["rss", { kind: "rss", unit: 1024 }], ["stack", { kind: "stack", unit: 1024 }], ["cpu", { kind: "cpu", unit: 60 }], ["nproc", { kind: "nproc", unit: 1 }], ["as", { kind: "as", unit: 1024 }],
  ["locks", { kind: "locks", unit: 1 }], ["sigpending", { kind: "sigpending", unit: 1 }], ["msgqueue", { kind: "msgqueue", unit: 1 }], ["rtprio", { kind: "rtprio", unit: 1 }],
]);

interface LimitSetting {
  readonly kind: ResourceLimitKind;
  readonly soft?: number;
  readonly hard?: number;
}

/** How well a domain names the person: 0 = by name, 1 = by group, 2 = everybody (who is not root); undefined = not at all. */
function rank(domain: string, person: Person): number | undefined {
  const range = /^(@?)(\d*):(\d*)$/.exec(domain);
  if (range !== null) {
    const id = range[1] === "@" ? person.gid : person.uid;
    const [, , from = "", to = ""] = range;
    if (from === "" && to === "") return undefined;
    const inside = to === "" ? id >= Number(from) : from === "" ? id === Number(to) : id >= Number(from) && id <= Number(to);
    return inside ? (range[1] === "@" ? 1 : 0) : undefined;
  }
  if (domain.startsWith("@")) return person.groups.includes(domain.slice(1)) && person.uid !== 0 ? 1 : undefined;
  if (domain === person.name) return 0;
  return domain === "*" && person.uid !== 0 ? 2 : undefined;
}

/** The files' texts in order; a line by name wins over one by group, that over "*", else the later one. */
export function limitsFor(texts: readonly string[], person: Person): readonly LimitSetting[] {
  const found = new Map<ResourceLimitKind, Map<"soft" | "hard", { readonly rank: number; readonly value: number }>>();
  for (const line of texts.flatMap((text) => text.split("\n"))) {
    const [domain = "", type = "", item = "", word = ""] = line.replace(/#.*/, "").trim().split(/\s+/);
    const known = ITEMS.get(item);
    const own = rank(domain, person);
    if (known === undefined || own === undefined || !["soft", "hard", "-"].includes(type)) continue;
    const endless = /^(?:-1|unlimited|infinity)$/.test(word);
    if (!endless && !/^\d+$/.test(word)) continue;
    const value = endless ? Number.POSITIVE_INFINITY : Number(word) * known.unit;
    const sides = found.get(known.kind) ?? new Map<"soft" | "hard", { readonly rank: number; readonly value: number }>();
    found.set(known.kind, sides);
    for (const side of ["soft", "hard"] as const) if ((type === "-" || type === side) && own <= (sides.get(side)?.rank ?? 3)) sides.set(side, { rank: own, value });
  }
  return [...found].map(([kind, sides]) => {
    const [soft, hard] = [sides.get("soft")?.value, sides.get("hard")?.value];
    return { kind, ...(soft !== undefined && { soft }), ...(hard !== undefined && { hard }) };
  });
}

/** Sets the limits of a session; the caller is still root. What the kernel refuses stays. */
export function* applyLimits(sys: Sys, person: Person, only?: string): Blocking<void> {
  const files = [only ?? "/etc/security/limits.conf"];
  try {
    if (only === undefined) files.push(...sys.readdir("/etc/security/limits.d").map((entry) => entry.name).filter((name) => name.endsWith(".conf")).sort().map((name) => `/etc/security/limits.d/${name}`));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const texts: string[] = [];
  for (const file of files) texts.push((yield* readTextFile(sys, file)) ?? "");
  for (const { kind, soft, hard } of limitsFor(texts, person)) {
    try {
      const before = sys.getrlimit(kind);
      const top = hard ?? before.hard;
      sys.setrlimit(kind, { soft: Math.min(soft ?? before.soft, top), hard: top });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}
