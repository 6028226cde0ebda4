import { CAPABILITY_NAMES, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, text, unsimulated, utilLinux } from "../kit/util-linux.ts";
import { capabilityNumbers } from "../kit/capabilities.ts";
import { parseSignal } from "../kit/signal-number.ts";

export default utilLinux({
  name: "setpriv", summary: "run a program with more or fewer privileges", synopsis: ["[options] <program> [<argument>...]"],
  options: {
    dump: flag(["-d", "--dump"], "show the privileges, run nothing"), nnp: flag(["--nnp", "--no-new-privs"], "no way to gain privileges from now on"), ambient: text(["--ambient-caps"], "caps", "the ambient capabilities, with + or -"), inheritable: text(["--inh-caps"], "caps", "the inheritable capabilities, with + or -"), bounding: text(["--bounding-set"], "caps", "the only capabilities that can ever be gained, with + or -"),
    ruid: text(["--ruid"], "uid|user", "the real UID"), euid: text(["--euid"], "uid|user", "the effective UID"), rgid: text(["--rgid"], "gid|group", "the real GID"), egid: text(["--egid"], "gid|group", "the effective GID"), reuid: text(["--reuid"], "uid|user", "the UID, real as well as effective"), regid: text(["--regid"], "gid|group", "the GID, real as well as effective"),
    clearGroups: flag(["--clear-groups"], "no supplementary groups"), keepGroups: flag(["--keep-groups"], "the supplementary groups stay"), initGroups: flag(["--init-groups"], "the supplementary groups that /etc/group gives the user"), groups: text(["--groups"], "group,...", "exactly these supplementary groups"), listCaps: flag(["--list-caps"], "name the capabilities that there are"), securebits: unsimulated(["--securebits"], "securebits to set or clear, with + or -", "securebits are not simulated", "bits"), pdeathsig: text(["--pdeathsig"], "keep|clear|signame", "which signal comes when the parent dies"), resetEnv: flag(["--reset-env"], "a fresh environment: HOME, SHELL, USER, LOGNAME, PATH"),
  },
  parsing: { stopAtOperand: true }, usageStatus: 1, failureStatus: 127, operands: "commands",
  *run({ options, operands, sys, given }, io: Io) {
    if (options.listCaps) {
      if (given.length > 1 || operands.length > 0) io.die("--list-caps must be specified alone", 1);
      io.out.put(CAPABILITY_NAMES.map((name) => `${name}\n`).join(""));
      return 0;
    }
    if (options.dump && (given.some((one) => one.option !== "dump") || operands.length > 0)) io.die("--dump is incompatible with all other options", 1);
    for (const [list, what] of [[options.ambient, "capability"], [options.inheritable, "capability"], [options.bounding, "capability"], [options.securebits, "securebits"]] as const) if (list?.split(",").some((word) => !/^[+-]/.test(word)) === true) io.die(`bad ${what} string`, 1);
    if (options.initGroups && options.reuid === undefined && options.ruid === undefined) io.die("--init-groups requires --ruid or --reuid", 1);
    if (options.pdeathsig !== undefined && options.pdeathsig !== "keep" && options.pdeathsig !== "clear" && parseSignal(options.pdeathsig) === undefined) io.die(`unknown signal: ${options.pdeathsig}`, 1);
    const accounts = yield* Accounts.read(sys);
    const user = (name: string | undefined): number => (name === undefined ? -1 : (accounts.userByName(name)?.uid ?? (/^\d+$/.test(name) ? Number(name) : io.die(`failed to parse reuid: '${name}'`, 1))));
    const group = (name: string | undefined): number => (name === undefined ? -1 : (accounts.groupByName(name)?.gid ?? (/^\d+$/.test(name) ? Number(name) : io.die(`failed to parse regid: '${name}'`, 1))));
    if (operands.length === 0 && !options.dump) io.die("No program specified", 1);
    const identity = sys.getcred();
    if (options.dump) {
      io.out.put(`uid: ${identity.ruid}\neuid: ${identity.euid}\ngid: ${identity.rgid}\negid: ${identity.egid}\nSupplementary groups: ${identity.groups.length === 0 ? "[none]" : identity.groups.join(",")}\nno_new_privs: 0\n`);
      return 0;
    }
    if ((options.regid !== undefined || options.rgid !== undefined || options.egid !== undefined) && !options.clearGroups && !options.keepGroups && !options.initGroups && options.groups === undefined) io.die("--[re]gid requires --keep-groups, --clear-groups, --init-groups, or --groups", 1);
    // which call refuses
    let step = "set privileges";
    try {
      if (options.nnp) sys.prctl("no-new-privileges", 1);
      step = "setgroups";
      if (options.clearGroups) sys.setgroups([]);
      else if (options.groups !== undefined) sys.setgroups(options.groups.split(",").map(group));
      else if (options.initGroups) {
        const account = accounts.userById(user(options.reuid ?? options.ruid));
        if (account) sys.setgroups(accounts.groupsOf(account));
      }
      const apply = (list: string | undefined, current: bigint, change: (capability: number, on: boolean) => void): void => {
        void current;
        if (list === undefined) return;
        for (const word of list.split(",")) for (const capability of capabilityNumbers(word.slice(1)) ?? io.die(`unknown capability "${word.slice(1)}"`, 1)) change(capability, word.startsWith("+"));
      };
      apply(options.bounding, 0n, (capability, on) => {
        if (!on) sys.capDropBounding(capability);
      });
      step = "setresgid";
      const rgid = group(options.regid ?? options.rgid);
      const egid = group(options.regid ?? options.egid);
      if (rgid >= 0 || egid >= 0) sys.setresgid(rgid, egid, egid);
      step = "setresuid";
      const ruid = user(options.reuid ?? options.ruid);
      const euid = user(options.reuid ?? options.euid);
      if (ruid >= 0 || euid >= 0) sys.setresuid(ruid, euid, euid);
      step = "apply capabilities";
      let { inheritable, ambient } = sys.capget();
      apply(options.inheritable, inheritable, (capability, on) => {
        inheritable = on ? inheritable | (1n << BigInt(capability)) : inheritable & ~(1n << BigInt(capability));
      });
      apply(options.ambient, ambient, (capability, on) => {
        ambient = on ? ambient | (1n << BigInt(capability)) : ambient & ~(1n << BigInt(capability));
      });
      if (options.inheritable !== undefined || options.ambient !== undefined) {
        const { effective, permitted } = sys.capget();
        sys.capset({ effective, permitted, inheritable, ambient });
      }
    } catch (error) {
      if (error instanceof SysError) io.die(`${step} failed: ${error.message}`);
      throw error;
    }
    let environment = sys.environment;
    if (options.resetEnv) {
      const account = accounts.userById(sys.getcred().ruid);
      const term = sys.environment.get("TERM");
      environment = new Map([["HOME", account?.home ?? "/"], ["SHELL", account?.shell || "/bin/sh"], ["USER", account?.name ?? ""], ["LOGNAME", account?.name ?? ""], ["PATH", account?.uid === 0 ? "/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin" : "/usr/local/bin:/bin:/usr/bin"], ...(term === undefined ? [] : [["TERM", term] as const])]);
    }
    const [command = ""] = operands;
    const error = yield* execSearching(sys, command, operands, environment);
    yield* io.warn(`failed to execute ${command}: ${error.message}`);
    return error.errno === "ENOENT" ? 127 : 126;
  },
});
