import { type Blocking, S, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";
import { type AclEntry, TAG, isMinimal, permissionLetters, readAcl } from "./_acl.ts";

export default gnu({
  name: "getfacl", path: "/usr/bin/getfacl", versionText: "getfacl 2.3.1\n", summary: "show the access control lists (ACL) of files", synopsis: ["[-aceEsRLPtpndvh] file ..."],
  options: { access: flag(["-a", "--access"], "the access ACL alone, without the default one"), default: flag(["-d", "--default"], "the default ACL alone, which new files inherit"), omitHeader: flag(["-c", "--omit-header"], "without the lines that name file, owner and group"), allEffective: flag(["-e", "--all-effective"], "a comment with the effective rights after every entry"), noEffective: flag(["-E", "--no-effective"], "no comments about effective rights"), skipBase: flag(["-s", "--skip-base"], "only files with more entries than owner, group and others"), recursive: flag(["-R", "--recursive"], "recurse into subdirectories"), logical: flag(["-L", "--logical"], "enter directories through symbolic links too"), physical: flag(["-P", "--physical"], "skip symbolic links"), numeric: flag(["-n", "--numeric"], "UIDs and GIDs in place of names"), absolute: flag(["-p", "--absolute-names"], "paths keep the slash that they begin with"), oneFs: flag(["--one-file-system"], "stay within the file system of the argument") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) {
      yield* io.stderr("Usage: getfacl [-aceEsRLPtpndvh] file ...\nTry `getfacl --help' for more information.\n");
      return 2;
    }
    const accounts = yield* Accounts.read(sys);
    let warned = false;
    const lines = (entries: readonly AclEntry[], prefix: string): string => {
      const mask = entries.find((entry) => entry.tag === TAG.mask)?.permissions;
      return entries.map(({ tag, id, permissions }) => {
        const name = tag === TAG.user ? (options.numeric ? String(id) : accounts.userName(id)) : tag === TAG.group ? (options.numeric ? String(id) : accounts.groupName(id)) : "";
        const text = `${prefix}${tag === TAG.userObj || tag === TAG.user ? "user" : tag === TAG.groupObj || tag === TAG.group ? "group" : tag === TAG.mask ? "mask" : "other"}:${name}:${permissionLetters(permissions)}`;
        const masked = (tag === TAG.user || tag === TAG.groupObj || tag === TAG.group) && mask !== undefined;
        const effective = masked && !options.noEffective && (options.allEffective || (permissions & mask) !== permissions) ? `${"\t".repeat(sys.isatty(1) ? Math.max(1, Math.ceil((32 - text.length) / 8)) : 1)}#effective:${permissionLetters(permissions & (mask ?? 7))}` : "";
        return `${text}${effective}\n`;
      }).join("");
    };
    const show = function* (path: string): Blocking<void> {
      if (sys.charge(10)) yield* sys.preempt();
      try {
        const stat = sys.stat(path);
        const access = readAcl(sys, path, "access");
        const inherited = (stat.mode & S.IFMT) === S.IFDIR ? readAcl(sys, path, "default") : [];
        if (options.skipBase && isMinimal(access) && inherited.length === 0) return;
        let name = path;
        if (!options.absolute && path.startsWith("/")) {
          if (!warned) yield* io.stderr("getfacl: Removing leading '/' from absolute path names\n");
          warned = true;
          name = path.replace(/^\/+/, "") || ".";
        }
        if (!options.omitHeader) {
          const flags = `${(stat.mode & S.ISUID) !== 0 ? "s" : "-"}${(stat.mode & S.ISGID) !== 0 ? "s" : "-"}${(stat.mode & S.ISVTX) !== 0 ? "t" : "-"}`;
          io.out.put(`# file: ${name.replace(/[\\\n]/g, (char) => (char === "\n" ? "\\012" : "\\134"))}\n# owner: ${options.numeric ? stat.uid : accounts.userName(stat.uid)}\n# group: ${options.numeric ? stat.gid : accounts.groupName(stat.gid)}\n${flags === "---" ? "" : `# flags: ${flags}\n`}`);
        }
        if (!options.default || options.access) io.out.put(lines(access, ""));
        if ((!options.access || options.default) && inherited.length > 0) io.out.put(lines(inherited, options.default && !options.access ? "" : "default:"));
        io.out.put("\n");
        if (options.recursive && (stat.mode & S.IFMT) === S.IFDIR) {
          for (const { name: below, type } of sys.readdir(path).toSorted((a, b) => (a.name < b.name ? -1 : 1))) if (type !== S.IFLNK || options.logical) yield* show(`${path.replace(/\/$/, "")}/${below}`);
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`${path}: ${error.message}`);
      }
    };
    for (const path of operands) yield* show(path);
    return undefined;
  },
});
