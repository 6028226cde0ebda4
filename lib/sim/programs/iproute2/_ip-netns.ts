import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { readMounts } from "../kit/mounts.ts";
import { type IpContext, IpFailure, NETNS_DIRECTORY, enterNamespace } from "./_ip-context.ts";

function names(sys: Sys): readonly string[] {
  try {
    return sys.readdir(NETNS_DIRECTORY).map((entry) => entry.name);
  } catch (error) {
    if (error instanceof SysError) return [];
    throw error;
  }
}

function identity(sys: Sys, path: string): string | undefined {
  try {
    const stat = sys.stat(path);
    return `${stat.dev}:${stat.ino}`;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

function* add(sys: Sys, name: string): Blocking<void> {
  if (name === "." || name === ".." || name.includes("/")) throw new IpFailure(`Invalid netns name "${name}"`, 255);
  const path = `${NETNS_DIRECTORY}/${name}`;
  try {
    sys.mkdir(NETNS_DIRECTORY, 0o755);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    if (error.errno !== "EEXIST" && error.errno !== "EACCES") throw new IpFailure(`mkdir ${NETNS_DIRECTORY} failed: ${error.message}`, 1);
  }
  try {
    const mounted = (yield* readMounts(sys)).some((one) => one.target === NETNS_DIRECTORY);
    if (!mounted) sys.mount(NETNS_DIRECTORY, NETNS_DIRECTORY, "none", { bind: true, recursive: true });
    sys.mount("none", NETNS_DIRECTORY, "none", { propagation: "shared", recursive: true });
  } catch (error) {
    if (error instanceof SysError) throw new IpFailure(`mount --make-shared ${NETNS_DIRECTORY} failed: ${error.message}`, 1);
    throw error;
  }
  try {
    sys.close(yield* sys.open(path, O.RDONLY | O.CREAT | O.EXCL, 0));
  } catch (error) {
    if (error instanceof SysError) throw new IpFailure(`Cannot create namespace file "${path}": ${error.message}`, 1);
    throw error;
  }
  try {
    sys.unshare(["net"]);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    sys.unlink(path);
    throw new IpFailure(`Failed to create a new network namespace "${name}": ${error.message}`, 1);
  }
  try {
    sys.mount("/proc/self/ns/net", path, "none", { bind: true });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    sys.unlink(path);
    throw new IpFailure(`Bind /proc/self/ns/net -> ${path} failed: ${error.message}`, 1);
  }
}

function remove(sys: Sys, name: string): void {
  const path = `${NETNS_DIRECTORY}/${name}`;
  try {
    sys.umount(path, { lazy: true });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  try {
    sys.unlink(path);
  } catch (error) {
    if (error instanceof SysError) throw new IpFailure(`Cannot remove namespace file "${path}": ${error.message}`, 1);
    throw error;
  }
}

export function* namespaceCommand(context: IpContext, words: readonly string[]): Blocking<number> {
  const { sys, io } = context;
  const [action = "list", ...rest] = words;
  switch (action) {
    case "list": case "show": case "ls": {
      const ids = new Set(context.links.map((link) => link.peerNamespace).filter((id) => id !== undefined));
      const all = names(sys);
      // a namespace has an id here when a link of ours has its other end there
      for (const name of all) io.out.put(`${name}${all.length === 1 && ids.size === 1 ? ` (id: ${[...ids][0] ?? 0})` : ""}\n`);
      return 0;
    }
    case "add":
      if (rest[0] === undefined) throw new IpFailure("No netns name specified", 1);
      yield* add(sys, rest[0]);
      return 0;
    case "del": case "delete":
      if (rest[0] === undefined && !context.options.all) throw new IpFailure("No netns name specified", 1);
      for (const name of context.options.all ? names(sys) : [rest[0] ?? ""]) remove(sys, name);
      return 0;
    case "attach": {
      const [name = "", pid = ""] = rest;
      sys.close(yield* sys.open(`${NETNS_DIRECTORY}/${name}`, O.RDONLY | O.CREAT | O.EXCL, 0));
      sys.mount(`/proc/${pid}/ns/net`, `${NETNS_DIRECTORY}/${name}`, "none", { bind: true });
      return 0;
    }
    case "exec": {
      const [name, command, ...args] = rest;
      if (name === undefined) throw new IpFailure("No netns name specified", 1);
      if (command === undefined) throw new IpFailure("No command specified", 1);
      yield* enterNamespace(sys, name);
      // /sys of the other namespace, in a mount namespace of its own (netns_switch)
      try {
        sys.unshare(["mnt"]);
        sys.mount("", "/", "none", { propagation: "slave", recursive: true });
        sys.umount("/sys", { lazy: true });
        sys.mount(name, "/sys", "sysfs", {});
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      const failure = yield* execSearching(sys, command, [command, ...args]);
      throw new IpFailure(`exec of "${command}" failed: ${failure.message}`, 1);
    }
    case "identify": {
      const pid = rest[0] ?? "self";
      const own = identity(sys, `/proc/${pid}/ns/net`);
      if (own === undefined) throw new IpFailure(`Invalid process ID: ${pid}`, 1);
      const found = names(sys).find((name) => identity(sys, `${NETNS_DIRECTORY}/${name}`) === own);
      io.out.put(`${found ?? ""}\n`);
      return 0;
    }
    case "pids": {
      const wanted = identity(sys, `${NETNS_DIRECTORY}/${rest[0] ?? ""}`);
      if (wanted === undefined) throw new IpFailure(`Cannot open network namespace: No such file or directory`, 1);
      for (const entry of sys.readdir("/proc")) if (/^\d+$/.test(entry.name) && identity(sys, `/proc/${entry.name}/ns/net`) === wanted) io.out.put(`${entry.name}\n`);
      return 0;
    }
    case "monitor":
      sys.observe({ kind: "unsimulated", command: "ip", detail: "netns monitor" });
      throw new IpFailure("ip netns monitor is not simulated here", 1);
    default: throw new IpFailure(`Command "${action}" is unknown, try "ip netns help".`, 255);
  }
}
