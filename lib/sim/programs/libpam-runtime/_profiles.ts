// The profiles of /usr/share/pam-configs and the common-* files that pam-auth-update makes of them (pam-auth-update(8)).

export const TYPES = ["account", "auth", "password", "session", "session-noninteractive"] as const;
export type StackType = (typeof TYPES)[number];

/** What stands around the managed blocks; pam-auth-update finds them by these lines. */
const PRIMARY = '# here are the per-package modules (the "Primary" block)';
const FALLBACK = "# here's the fallback if no module succeeds";
const ADDITIONAL = '# and here are more per-package modules (the "Additional" block)';
const END = "# end of pam-auth-update config";

export interface Profile {
  readonly id: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** "Key: value" lines; what is indented goes on with the line before. */
export function parseProfile(id: string, text: string): Profile {
  const fields = new Map<string, string>();
  let key = "";
  for (const line of text.split("\n")) {
    const start = /^(\S+):\s*(.*)$/.exec(line);
    if (start !== null) {
      key = (start[1] ?? "").toLowerCase();
      fields.set(key, start[2] ?? "");
    } else if (/^\s+\S/.test(line)) fields.set(key, `${fields.get(key) ?? ""}${fields.get(key) === "" ? "" : "\n"}${line.trim()}`);
  }
  return { id, fields };
}

export const profileName = (profile: Profile): string => profile.fields.get("name") ?? profile.id;
const priorityOf = (profile: Profile): number => Number(profile.fields.get("priority") ?? 0);

/** The highest priority first, then by name backwards. */
export function sortProfiles(profiles: readonly Profile[]): readonly Profile[] {
  return [...profiles].sort((a, b) => priorityOf(b) - priorityOf(a) || (a.id < b.id ? 1 : -1));
}

export function conflictsOf(profile: Profile): readonly string[] {
  return (profile.fields.get("conflicts") ?? "").split(/[,\s]+/).filter((word) => word !== "");
}

interface ModuleLines {
  readonly id: string;
  readonly lines: readonly string[];
}

/** The lines of the profiles for one stack, before jumps are counted. */
function linesOf(profiles: readonly Profile[], type: StackType, place: "Primary" | "Additional"): readonly ModuleLines[] {
  const key = type.replace("-noninteractive", "");
  const found: ModuleLines[] = [];
  for (const { id, fields } of profiles) {
    if (type === "session-noninteractive" && fields.get("session-interactive-only")?.toLowerCase() === "yes") continue;
    if (fields.get(`${key}-type`) !== place) continue;
    const own = found.length === 0 ? (fields.get(`${key}-initial`) ?? fields.get(key)) : fields.get(key);
    if (own !== undefined) found.push({ id, lines: own.split("\n").filter((line) => line !== "") });
  }
  return found;
}

/** "end" in a control jumps behind the block: over so many lines. */
function counted(modules: readonly ModuleLines[], place: "Primary" | "Additional", keyword: string): readonly string[] {
  let left = modules.reduce((sum, { lines }) => sum + lines.length, 0) - (place === "Additional" ? 1 : 0);
  const shown: string[] = [];
  for (const { lines } of modules) {
    for (const line of lines) {
      const [, head = "", options = ""] = /^((?:\[[^\]]+\]|\w+)\s+\S+)\s*(.*)$/.exec(line) ?? [];
      shown.push(`${keyword}\t${head.replaceAll("end", String(left))} ${options}`);
      left--;
    }
  }
  return shown;
}

export interface ManagedBlocks {
  readonly primary: readonly string[];
  readonly additional: readonly string[];
}

export function blocksOf(profiles: readonly Profile[], type: StackType): ManagedBlocks {
  const keyword = type.replace("-noninteractive", "");
  const primary = counted(linesOf(profiles, type, "Primary"), "Primary", keyword);
  return { primary: primary.length === 0 ? [`${keyword}\t[default=1]\t\t\tpam_permit.so`] : primary, additional: counted(linesOf(profiles, type, "Additional"), "Additional", keyword) };
}

/** /var/lib/pam/TYPE: which profile brought which lines. */
export function savedState(profiles: readonly Profile[], type: StackType): string {
  const primary = linesOf(profiles, type, "Primary");
  const list = [...(primary.length === 0 ? [{ id: "null", lines: ["[default=1]\t\t\tpam_permit.so"] }] : primary), ...linesOf(profiles, type, "Additional")];
  return list.map(({ id, lines }) => `Module: ${id}\n${lines.join("\n")}\n`).join("");
}

export function modulesOfState(text: string): readonly string[] {
  return [...text.matchAll(/^Module: (\S+)$/gm)].map((found) => found[1] ?? "").filter((id) => id !== "null");
}

/** Undefined: the file has not the lines by which the blocks are found. */
export function readBlocks(text: string): ManagedBlocks | undefined {
  const lines = text.split("\n");
  const [a, b, c, d] = [lines.indexOf(PRIMARY), lines.indexOf(FALLBACK), lines.indexOf(ADDITIONAL), lines.indexOf(END)];
  if (a === undefined || b === undefined || c === undefined || d === undefined || a < 0 || b < a || c < b || d < c) return undefined;
  const inside = (from: number, to: number): readonly string[] => lines.slice(from + 1, to).filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return { primary: inside(a, b), additional: inside(c, d) };
}

/** Control and module of a line: what may not be changed by hand; its options may. */
function skeleton(line: string): string {
  return /^(\S+\s+(?:\[[^\]]+\]|\w+)\s+\S+)/.exec(line)?.[1]?.replace(/\d+/g, "N").replace(/\s+/g, " ") ?? line;
}

const optionsOf = (line: string): readonly string[] => line.slice((/^(\S+\s+(?:\[[^\]]+\]|\w+)\s+\S+)/.exec(line)?.[1] ?? line).length).trim().split(/\s+/).filter((word) => word !== "");

/** Whether somebody changed more than options inside the blocks. */
export function isModified(there: ManagedBlocks | undefined, expected: ManagedBlocks): boolean {
  if (there === undefined) return true;
  const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((line, at) => skeleton(line) === skeleton(b[at] ?? ""));
  return !same(there.primary, expected.primary) || !same(there.additional, expected.additional);
}

/** Options that were added or taken away by hand stay so. */
export function keepOptions(made: ManagedBlocks, there: ManagedBlocks, expected: ManagedBlocks): ManagedBlocks {
  const keep = (line: string): string => {
    const before = [...expected.primary, ...expected.additional].find((one) => skeleton(one) === skeleton(line));
    const now = [...there.primary, ...there.additional].find((one) => skeleton(one) === skeleton(line));
    if (before === undefined || now === undefined) return line;
    const [old, own] = [optionsOf(before), optionsOf(now)];
    const [, head = line] = /^(\S+\s+(?:\[[^\]]+\]|\w+)\s+\S+)/.exec(line) ?? [];
    const options = [...optionsOf(line).filter((word) => own.includes(word) || !old.includes(word)), ...own.filter((word) => !old.includes(word)).sort()];
    return `${head} ${options.join(" ")}`;
  };
  return { primary: made.primary.map(keep), additional: made.additional.map(keep) };
}

const ABOUT: Readonly<Record<StackType, string>> = {
  auth: "how users show who they are",
  account: "whether an account may be used now",
  password: "how passwords are changed",
  session: "what happens around an interactive session",
  "session-noninteractive": "what happens around a session without a person, as cron's",
};

/** The whole file, with the head in our words. */
export function commonFile(type: StackType, { primary, additional }: ManagedBlocks): string {
  const keyword = type.replace("-noninteractive", "");
  return `#
# /etc/pam.d/common-${type} - ${ABOUT[type]}
#
# The files of services include this one. pam-auth-update(8) keeps the two blocks
# between its marks; put lines of your own before or after them.

${PRIMARY}
${primary.join("\n")}
${FALLBACK}
${keyword}\trequisite\t\t\tpam_deny.so
# a stack in which every module jumps needs one that succeeds
${keyword}\trequired\t\t\tpam_permit.so
${ADDITIONAL}
${additional.map((line) => `${line}\n`).join("")}${END}
`;
}

/** What is outside the blocks stays. */
export function withBlocks(text: string, { primary, additional }: ManagedBlocks): string {
  const lines = text.split("\n");
  const at = (mark: string): number => lines.indexOf(mark);
  return [...lines.slice(0, at(PRIMARY) + 1), ...primary, ...lines.slice(at(FALLBACK), at(ADDITIONAL) + 1), ...additional, ...lines.slice(at(END))].join("\n");
}

export const UNIX_PROFILE = `Name: Unix authentication
Default: yes
Priority: 256
Auth-Type: Primary
Auth:
	[success=end default=ignore]	pam_unix.so nullok try_first_pass
Auth-Initial:
	[success=end default=ignore]	pam_unix.so nullok
Account-Type: Primary
Account:
	[success=end new_authtok_reqd=done default=ignore]	pam_unix.so
Account-Initial:
	[success=end new_authtok_reqd=done default=ignore]	pam_unix.so
Session-Type: Additional
Session:
	required	pam_unix.so
Session-Initial:
	required	pam_unix.so
Password-Type: Primary
Password:
	[success=end default=ignore]	pam_unix.so obscure use_authtok try_first_pass yescrypt
Password-Initial:
	[success=end default=ignore]	pam_unix.so obscure yescrypt
`;
