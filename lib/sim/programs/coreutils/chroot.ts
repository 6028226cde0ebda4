import { SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { execSearching } from "../kit/exec-path.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { parseOwner } from "./_chown-command.ts";

export default gnu({
  name: "chroot",
  path: "/usr/sbin/chroot",
  manSection: 8,
  summary: "run a command, or a shell, that sees another directory as the root /",
  synopsis: ["[OPTION] NEWROOT [COMMAND [ARG]...]"],
  description: ["Without a COMMAND, the shell in $SHELL is started with -i (/bin/sh if $SHELL is not set)."],
  options: {
    groups: text(["--groups"], "G_LIST", "G_LIST: the supplementary groups, separated by commas"),
    userspec: text(["--userspec"], "USER:GROUP", "the user and group that COMMAND runs as, by name or number"),
    skipChdir: flag(["--skip-chdir"], "stay in the current directory; only where NEWROOT is /"),
  },
  parsing: { stopAtOperand: true },
  usageStatus: 125,
  failureStatus: 125,
  operands: "directories",
  exitStatuses: [["125", "chroot itself failed"], ["126", "COMMAND is there, but could not be started"], ["127", "COMMAND was not found"], ["-", "any other: what COMMAND itself returned"]],
  seeAlso: ["chroot(2)"],
  *run({ options, operands, sys }, io: Io) {
    const [root, ...command] = operands;
    if (root === undefined) io.usage("missing operand");
    let isOldRoot = false;
    try {
      isOldRoot = canonicalPath(sys, root, "existing") === "/";
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    if (!isOldRoot && options.skipChdir) io.usage(`option --skip-chdir only permitted if NEWROOT is old ${io.quoteName("/")}`);
    try {
      sys.chroot(root);
    } catch (error) {
      io.die(`cannot change root directory to ${io.quoteName(root)}: ${reason(error)}`);
    }
    if (!options.skipChdir) {
      try {
        sys.chdir("/");
      } catch (error) {
        io.die(`cannot chdir to root directory: ${reason(error)}`);
      }
    }
    // Names are looked up in the new root.
    const accounts = yield* Accounts.read(sys);
    if (options.userspec !== undefined || options.groups !== undefined) {
      const owner = options.userspec === undefined ? undefined : parseOwner(options.userspec, accounts);
      if (typeof owner === "string") io.die(owner);
      const user = owner && owner.uid !== -1 ? accounts.userById(owner.uid) : undefined;
      const gid = owner && owner.gid !== -1 ? owner.gid : (user?.gid ?? -1);
      if (owner && owner.uid !== -1 && gid === -1) io.die(`no group specified for unknown uid: ${owner.uid}`);
      const groups: number[] = [];
      if (options.groups !== undefined) {
        for (const name of options.groups.split(",")) {
          if (name === "") continue;
          const group = accounts.groupByName(name);
          if (!group && !/^\+?\d+$/.test(name)) io.die(`invalid group ${io.quote(name)}`);
          groups.push(group?.gid ?? Number(name));
        }
      } else if (user) groups.push(...accounts.groupsOf(user));
      try {
        sys.setgroups(groups);
      } catch (error) {
        io.die(`failed to set supplemental groups: ${reason(error)}`);
      }
      try {
        if (gid !== -1) sys.setgid(gid);
      } catch (error) {
        io.die(`failed to set group-ID: ${reason(error)}`);
      }
      try {
        if (owner && owner.uid !== -1) sys.setuid(owner.uid);
      } catch (error) {
        io.die(`failed to set user-ID: ${reason(error)}`);
      }
    }
    const shell = sys.environment.get("SHELL") ?? "/bin/sh";
    const argv = command.length > 0 ? command : [shell, "-i"];
    const name = argv[0] ?? shell;
    const failure = yield* execSearching(sys, name, argv);
    yield* io.warn(`failed to run command ${io.quote(name)}: ${failure.message}`);
    return failure.errno === "ENOENT" ? 127 : 126;
  },
});
