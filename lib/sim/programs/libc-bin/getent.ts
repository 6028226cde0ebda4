// getent: entries of the databases that nsswitch.conf names.
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { findHost, hostSources, ResolveError } from "../../daemons/resolver/api.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";

const databases = ["ahosts", "ahostsv4", "ahostsv6", "aliases", "ethers", "group", "gshadow", "hosts", "initgroups", "netgroup", "networks", "passwd", "protocols", "rpc", "services", "shadow"];

/** nss/getent.c: databases that are asked key by key. */
const NOT_LISTED = new Set(["ethers", "initgroups", "netgroup"]);
const TRY_LINE = "Try `getent --help' or `getent --usage' for more information.\n";

function* dataLines(sys: Sys, path: string): Blocking<readonly (readonly string[])[]> {
  return ((yield* readTextFile(sys, path)) ?? "").split("\n").map((line) => line.replace(/#.*/, "").trim()).filter((line) => line !== "").map((line) => line.split(/\s+/));
}

/** In the sources that nsswitch.conf names, in their order: lines of /etc/hosts as they stand, answers of the name servers under the name asked for. */
function* hostEntry(sys: Sys, database: string, key: string, rows: readonly (readonly string[])[], shown: (row: readonly string[]) => string): Blocking<string | undefined> {
  const sources = yield* hostSources(sys);
  const files = sources.includes("files") ? rows.filter((row) => row[0] === key || row.slice(1).includes(key)) : [];
  let matching: readonly (readonly string[])[] = files;
  if ((files.length === 0 || sources.indexOf("dns") >= 0 && sources.indexOf("dns") < sources.indexOf("files")) && database !== "ahostsv6" && !/^[\d.]+$|:/.test(key)) {
    try {
      const { canonicalName, addresses } = yield* findHost(sys, key);
      if (!files.some((row) => addresses.includes(row[0] ?? ""))) matching = addresses.map((address) => [address, canonicalName]);
    } catch (error) {
      if (!(error instanceof ResolveError)) throw error;
    }
  }
  if (database === "hosts") {
    const row = matching.find((one) => one[0]?.includes(":") === true && key === "localhost") ?? matching[0];
    return row === undefined ? undefined : shown(row);
  }
  const addresses = matching.map((row) => row[0] ?? "").filter((address) => (database === "ahostsv4" ? !address.includes(":") : database === "ahostsv6" ? address.includes(":") : true));
  if (addresses.length === 0) return undefined;
  return addresses.flatMap((address) => [`${address.padEnd(15)} STREAM ${key}`, `${address.padEnd(15)} DGRAM  `, `${address.padEnd(15)} RAW    `]).join("\n");
}

/** Lines of one database for these keys; undefined where a key is missing. */
function* lookUp(sys: Sys, database: string, keys: readonly string[]): Blocking<readonly (string | undefined)[]> {
  const wanted = function* (all: readonly string[], find: (key: string) => string | undefined): Blocking<readonly (string | undefined)[]> {
    yield* sys.preempt();
    return keys.length === 0 ? all : keys.map(find);
  };
  switch (database) {
    case "passwd": {
      const accounts = yield* Accounts.read(sys);
      const line = (user: (typeof accounts.users)[number]): string => [user.name, user.password, user.uid, user.gid, user.gecos, user.home, user.shell].join(":");
      return yield* wanted(accounts.users.map(line), (key) => {
        const user = /^\d+$/.test(key) ? accounts.userById(Number(key)) : accounts.userByName(key);
        return user === undefined ? undefined : line(user);
      });
    }
    case "group": {
      const accounts = yield* Accounts.read(sys);
      const line = (group: (typeof accounts.groups)[number]): string => [group.name, group.password, group.gid, group.members.join(",")].join(":");
      return yield* wanted(accounts.groups.map(line), (key) => {
        const group = /^\d+$/.test(key) ? accounts.groupById(Number(key)) : accounts.groupByName(key);
        return group === undefined ? undefined : line(group);
      });
    }
    case "initgroups": {
      const accounts = yield* Accounts.read(sys);
      return keys.map((key) => {
        const user = accounts.userByName(key);
        return `${key.padEnd(21)}${user === undefined ? "" : accounts.groupsOf(user).filter((gid) => gid !== user.gid).map((gid) => ` ${gid}`).join("")}`;
      });
    }
    case "shadow":
    case "gshadow": {
      const lines = ((yield* readTextFile(sys, `/etc/${database}`)) ?? "").split("\n").filter((line) => line !== "");
      return yield* wanted(lines, (key) => lines.find((line) => line.startsWith(`${key}:`)));
    }
    case "hosts":
    case "ahosts":
    case "ahostsv4":
    case "ahostsv6": {
      const rows = yield* dataLines(sys, "/etc/hosts");
      const shown = (row: readonly string[]): string => `${(row[0] ?? "").padEnd(15)} ${row.slice(1).join(" ")}`;
      if (keys.length === 0) return rows.map(shown);
      const found: (string | undefined)[] = [];
      for (const key of keys) found.push(yield* hostEntry(sys, database, key, rows, shown));
      return found;
    }
    case "services": {
      const rows = yield* dataLines(sys, "/etc/services");
      const shown = (row: readonly string[]): string => `${(row[0] ?? "").padEnd(21)} ${row[1] ?? ""}${row.slice(2).map((alias) => ` ${alias}`).join("")}`;
      return yield* wanted(rows.map(shown), (key) => {
        const [name = "", protocol] = key.split("/");
        const row = rows.find((one) => {
          const [port, own] = (one[1] ?? "").split("/");
          return (one[0] === name || port === name || one.slice(2).includes(name)) && (protocol === undefined || own === protocol);
        });
        return row === undefined ? undefined : shown(row);
      });
    }
    case "protocols":
    case "rpc": {
      const rows = yield* dataLines(sys, `/etc/${database}`);
      const shown = (row: readonly string[]): string => (database === "rpc" ? `${(row[0] ?? "").padEnd(15)} ${row[1] ?? ""}${row.length > 2 ? `  ${row.slice(2).join(" ")}` : ""}` : `${(row[0] ?? "").padEnd(21)} ${row.slice(1).join(" ")}`);
      return yield* wanted(rows.map(shown), (key) => {
        const row = rows.find((one) => one[0] === key || one[1] === key || one.slice(2).includes(key));
        return row === undefined ? undefined : shown(row);
      });
    }
    case "networks": {
      const rows = yield* dataLines(sys, "/etc/networks");
      const shown = (row: readonly string[]): string => `${(row[0] ?? "").padEnd(21)} ${row[1] ?? ""}`;
      return yield* wanted(rows.map(shown), (key) => {
        const row = rows.find((one) => one[0] === key);
        return row === undefined ? undefined : shown(row);
      });
    }
    default:
      return keys.map(() => undefined);
  }
}

export default gnu({
  name: "getent",
  summary: "look up users, groups, hosts... as programs do (nsswitch.conf)",
  synopsis: ["[OPTION...] database [key ...]"],
  project: "Debian GLIBC 2.36-9+deb12u14",
  version: "2.36",
  exitStatuses: [["1", "missing arguments, or an unknown database"], ["2", "a key was not found"], ["3", "the database cannot be listed"]],
  options: {
    service: text(["-s", "--service"], "CONFIG", "these sources, not those of nsswitch.conf"),
    noIdn: flag(["-i", "--no-idn"], "names as they are, no IDN"),
  },
  usageStatus: 64, versionLetter: "V", helpLetter: "?", tryLine: () => TRY_LINE,
  *run({ operands, sys }, io: Io) {
    const [database, ...keys] = operands;
    if (database === undefined) {
      yield* io.stderr(`getent: wrong number of arguments\n${TRY_LINE}`);
      return 1;
    }
    if (!databases.includes(database)) {
      yield* io.stderr(`Unknown database: ${database}\n${TRY_LINE}`);
      return 1;
    }
    if (keys.length === 0 && NOT_LISTED.has(database)) {
      yield* io.stderr(`Enumeration not supported on ${database}\n`);
      return 3;
    }
    const found = yield* lookUp(sys, database, keys);
    for (const line of found) if (line !== undefined) io.out.put(`${line}\n`);
    return found.some((line) => line === undefined) ? 2 : 0;
  },
});
