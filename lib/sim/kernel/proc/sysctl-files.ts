// /proc/sys (Documentation/admin-guide/sysctl): the table of sysctls.ts, and the settings that are part of something else (host name, pids,
// random numbers, limits of a user namespace).

import { SysError } from "../errno.ts";
import { setSysctlValue, SYSCTLS, type SysctlDefinition, IPV4_CONF, IPV6_CONF, sysctlValue } from "../sysctls.ts";
import type { Caller } from "../vfs/caller.ts";
import type { PseudoTree } from "../vfs/pseudo-tree.ts";
import { type ProcContext, processOf } from "./proc-context.ts";

function scopeOf(context: ProcContext, definition: SysctlDefinition, caller: Caller): object {
  if (definition.scope === "kernel") return context.kernel;
  return processOf(context, caller)?.namespaces.net ?? context.kernel.initialNamespaces.net;
}

/** 16, 0x10, 020 */
function integerOf(word: string): number {
  const digits = word.replace("-", "");
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return word.startsWith("-") && value !== 0 ? -value : value;
}

/** Errors: EINVAL, as proc_dointvec_minmax gives it. */
function parse(definition: SysctlDefinition, text: string): string {
  if (definition.kind === "text") return text.replace(/\n$/, "");
  const words = text.trim().split(/\s+/);
  if (definition.kind === "integer" && words.length !== 1) throw new SysError("EINVAL");
  for (const word of words) {
    // strtoul_lenient of the kernel: base 0
    if (!/^-?(?:\d{1,20}|0[xX][\da-fA-F]{1,16})$/.test(word)) throw new SysError("EINVAL");
    const value = integerOf(word);
    if (definition.kind === "integer" && (value < (definition.minimum ?? value) || value > (definition.maximum ?? value))) throw new SysError("EINVAL");
  }
  return definition.kind === "integer" ? `${integerOf(words[0] ?? "")}` : words.map((word) => (/[xX]|^-?0\d/.test(word) ? `${integerOf(word)}` : word)).join("\t");
}

const BRIDGE = "net.bridge.";
const CONNTRACK = "net.netfilter.";

function addDefinition(tree: PseudoTree<ProcContext>, definition: SysctlDefinition): void {
  const path = `sys/${definition.name.replaceAll(".", "/")}`;
  const needsModule = definition.name.startsWith(BRIDGE) ? "br_netfilter" : definition.name.startsWith(CONNTRACK) ? "nf_conntrack" : undefined;
  tree.file(path, (context, reader) => `${sysctlValue(scopeOf(context, definition, reader), definition.name) ?? definition.usual}\n`, {
    mode: definition.mode ?? (definition.readOnly === true ? 0o444 : 0o644),
    ...(definition.readOnly === true ? {} : {
      write: (context: ProcContext, text: string, writer: Caller) => setSysctlValue(scopeOf(context, definition, writer), definition.name, parse(definition, text)),
    }),
    ...(needsModule === undefined ? {} : { exists: (context: ProcContext) => context.kernel.modules.has(needsModule) }),
  });
}

function uuid(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte, index) => (index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

export function addSysctlFiles(tree: PseudoTree<ProcContext>): void {
  tree.directory("sys/abi");
  tree.directory("sys/debug");
  tree.directory("sys/dev");
  for (const definition of SYSCTLS) addDefinition(tree, definition);
  for (const device of ["all", "default", "lo"]) {
    for (const [name, usual] of IPV4_CONF) {
      if (device === "all" && name === "forwarding") continue;
      addDefinition(tree, { name: `net.ipv4.conf.${device}.${name}`, usual: `${device === "all" && name === "rp_filter" ? 0 : usual}`, scope: "net", kind: "integer" });
    }
    for (const [name, usual] of IPV6_CONF) addDefinition(tree, { name: `net.ipv6.conf.${device}.${name}`, usual: `${device === "lo" && name === "mtu" ? 65536 : usual}`, scope: "net", kind: "integer" });
  }
  // Two names of one switch.
  const forwarding: SysctlDefinition = { name: "net.ipv4.ip_forward", usual: "0", scope: "net", kind: "integer" };
  tree.file("sys/net/ipv4/conf/all/forwarding", (context, reader) => `${sysctlValue(scopeOf(context, forwarding, reader), forwarding.name) ?? "0"}\n`, {
    write: (context, text, writer) => setSysctlValue(scopeOf(context, forwarding, writer), forwarding.name, parse(forwarding, text)),
  });
  const uts = (context: ProcContext, caller: Caller) => processOf(context, caller)?.namespaces.uts ?? context.kernel.initialNamespaces.uts;
  tree.file("sys/kernel/hostname", (context, reader) => `${uts(context, reader).hostname}\n`, {
    write: (context, text, writer) => {
      uts(context, writer).hostname = firstLine(text).slice(0, 64);
    },
  });
  tree.file("sys/kernel/domainname", (context, reader) => `${uts(context, reader).domainname}\n`, {
    write: (context, text, writer) => {
      uts(context, writer).domainname = firstLine(text).slice(0, 64);
    },
  });
  tree.file("sys/kernel/ostype", () => "Linux\n");
  tree.file("sys/kernel/osrelease", ({ kernel }) => `${kernel.release}\n`);
  tree.file("sys/kernel/version", ({ kernel }) => `${kernel.version}\n`);
  tree.file("sys/kernel/arch", () => "x86_64\n");
  tree.file("sys/kernel/pid_max", ({ kernel }) => `${kernel.pidMax}\n`, {
    write: ({ kernel }, text) => {
      kernel.pidMax = Number(parse({ name: "", usual: "", scope: "kernel", kind: "integer", minimum: 301, maximum: 4194304 }, text));
    },
  });
  tree.file("sys/kernel/ns_last_pid", (context, reader) => `${(processOf(context, reader)?.namespaces.pid ?? context.pids).lastPid}\n`, {
    mode: 0o666,
    write: (context, text, writer) => {
      const pids = processOf(context, writer)?.namespaces.pid ?? context.pids;
      pids.lastPid = Number(parse({ name: "", usual: "", scope: "kernel", kind: "integer", minimum: 0, maximum: context.kernel.pidMax }, text));
    },
  });
  tree.file("sys/kernel/threads-max", ({ kernel }) => `${kernel.initialLimits.get("nproc").soft * 2}\n`, { mode: 0o644 });
  tree.file("sys/kernel/random/boot_id", ({ kernel }) => `${bootId(kernel)}\n`);
  tree.file("sys/kernel/random/uuid", ({ kernel }) => `${uuid(kernel.random(16))}\n`);
  tree.file("sys/kernel/random/entropy_avail", () => "256\n");
  tree.file("sys/kernel/random/poolsize", () => "256\n");
  tree.file("sys/fs/file-nr", ({ kernel }) => `${kernel.openFiles}\t0\t9223372036854775807\n`);
  tree.file("sys/fs/inode-nr", () => "31044\t203\n");
  tree.file("sys/fs/inode-state", () => "31044\t203\t0\t0\t0\t0\t0\n");
  tree.file("sys/fs/dentry-state", () => "44512\t22131\t45\t0\t18410\t0\n");
  tree.directory("sys/fs/binfmt_misc");
  tree.file("sys/vm/stat_refresh", () => "", { mode: 0o600 });
  tree.file("sys/kernel/pty/nr", ({ kernel }) => `${kernel.terminals.list().length}\n`);
  tree.file("sys/net/netfilter/nf_conntrack_count", () => "0\n", { exists: ({ kernel }) => kernel.modules.has("nf_conntrack") });
  for (const kind of ["cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts"]) {
    const name = `user.max_${kind}_namespaces`;
    tree.file(`sys/user/max_${kind}_namespaces`, (context, reader) => {
      const scope = processOf(context, reader)?.namespaces.user ?? context.kernel;
      return `${sysctlValue(scope, name) ?? context.kernel.initialLimits.get("nproc").soft}\n`;
    }, {
      write: (context, text, writer) => {
        setSysctlValue(processOf(context, writer)?.namespaces.user ?? context.kernel, name, parse({ name, usual: "", scope: "kernel", kind: "integer", minimum: 0, maximum: 2147483647 }, text));
      },
    });
  }
}

export function setBootId(kernel: ProcContext["kernel"], id: string): void {
  setSysctlValue(kernel, "kernel.random.boot_id", id);
}

/** Made once a boot. */
export function bootId(kernel: ProcContext["kernel"]): string {
  const known = sysctlValue(kernel, "kernel.random.boot_id");
  if (known !== undefined) return known;
  const made = uuid(kernel.random(16));
  setSysctlValue(kernel, "kernel.random.boot_id", made);
  return made;
}

