// What the host may ask of the agent, as QEMU's qga/qapi-schema.json names it.
import { type Blocking, decode, encode, O, S, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { base64Of, bytesOfBase64 } from "../kit/base64.ts";
import { readUtmp, UT } from "../kit/utmp.ts";
import { offsetAt, readZone } from "../kit/zones.ts";
import { AgentError, type Arguments, type Json } from "./_agent-error.ts";
import { fileCommands, type OpenFile } from "./_files.ts";

export const VERSION = "7.2.22";

type Handler = (sys: Sys, given: Arguments, state: AgentState) => Blocking<Json | undefined>;

interface StartedProcess {
  readonly pid: number;
  readonly output: number | undefined;
  readonly errors: number | undefined;
}

export interface AgentState {
  frozen: boolean;
  readonly processes: Map<number, StartedProcess>;
  readonly files: Map<number, OpenFile>;
}

function needed(given: Arguments, name: string): string {
  const value = given[name];
  if (typeof value !== "string") throw new AgentError("GenericError", `Parameter '${name}' is missing`);
  return value;
}

/** Runs a program without a terminal; its exit status. */
function* runProgram(sys: Sys, path: string, argv: readonly string[], input: Uint8Array = new Uint8Array(0)): Blocking<number> {
  const [read, write] = sys.pipe();
  const pid = sys.fork(function* child(own) {
    own.dup2(read, 0);
    own.close(write);
    try {
      return yield* own.exec(path, argv, new Map([["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]));
    } catch (error) {
      if (error instanceof SysError) return 127;
      throw error;
    }
  });
  sys.close(read);
  if (input.length > 0) yield* sys.write(write, input);
  sys.close(write);
  for (;;) {
    const waited = yield* sys.waitpid(pid);
    if (waited) return waited.status.kind === "exited" ? waited.status.status : 1;
  }
}

function* osRelease(sys: Sys): Blocking<ReadonlyMap<string, string>> {
  const fields = new Map<string, string>();
  for (const line of ((yield* readTextFile(sys, "/etc/os-release")) ?? "").split("\n")) {
    const match = /^([A-Z_]+)=(.*)$/.exec(line);
    if (match) fields.set(match[1] ?? "", (match[2] ?? "").replace(/^"(.*)"$/, "$1"));
  }
  return fields;
}

function* interfaces(sys: Sys): Blocking<Json> {
  yield* sys.preempt();
  const addresses = sys.rtnetlink({ op: "address-list" });
  return sys.rtnetlink({ op: "link-list" }).map((link): Json => {
    // getifaddrs(3) tells IPv4 first
    const all = addresses.filter((address) => address.linkIndex === link.index);
    const own = [...all.filter((address) => address.family === "inet"), ...all.filter((address) => address.family !== "inet")];
    return {
      name: link.name,
      ...(own.length === 0 ? {} : { "ip-addresses": own.map((address) => ({ "ip-address-type": address.family === "inet" ? "ipv4" : "ipv6", "ip-address": address.address, prefix: address.prefixLength })) }),
      statistics: { "tx-packets": link.txPackets, "tx-errs": 0, "rx-bytes": link.rxBytes, "rx-dropped": 0, "rx-packets": link.rxPackets, "rx-errs": 0, "tx-bytes": link.txBytes, "tx-dropped": 0 },
      "hardware-address": link.mac,
    };
  });
}

function* fileSystems(sys: Sys): Blocking<readonly { readonly device: string; readonly target: string; readonly type: string }[]> {
  const lines = ((yield* readTextFile(sys, "/proc/self/mounts")) ?? "").split("\n");
  return lines.flatMap((line) => {
    const [device = "", target = "", type = ""] = line.split(" ");
    return device.startsWith("/dev/") && type !== "iso9660" ? [{ device, target, type }] : [];
  });
}

function* vcpus(sys: Sys): Blocking<readonly Json[]> {
  const found: Json[] = [];
  for (let id = 0; ; id++) {
    const directory = `/sys/devices/system/cpu/cpu${id}`;
    try {
      sys.stat(directory);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return found;
    }
    // the first processor has no such file and cannot be taken away
    const online = yield* readTextFile(sys, `${directory}/online`);
    found.push({ online: online === undefined || online.trim() === "1", "can-offline": id > 0, "logical-id": id });
  }
}

/** From then on GLib's dates are thought wrong. */
const year2070 = 3_155_760_000;

function isExecutable(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & 0o111) !== 0;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return false;
  }
}

const shutdownModes = new Map([["powerdown", "--poweroff"], ["halt", "--halt"], ["reboot", "--reboot"]]);

/** The commands that this agent knows, by name. */
export const commands: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ...fileCommands,
  ["guest-sync", function* (_sys, given) {
    return typeof given["id"] === "number" ? given["id"] : 0;
  }],
  ["guest-sync-delimited", function* (_sys, given) {
    return typeof given["id"] === "number" ? given["id"] : 0;
  }],
  ["guest-ping", function* () {
    return {};
  }],
  ["guest-info", function* () {
    return { version: VERSION, supported_commands: [...commands.keys()].sort().map((name) => ({ enabled: true, name, "success-response": name !== "guest-shutdown" })) };
  }],
  ["guest-get-time", function* (sys) {
    return sys.clockUs("realtime") * 1000;
  }],
  ["guest-set-time", function* (sys, given) {
    // the agent leaves the hardware's clock to hwclock, and wants it for both ways
    if (!isExecutable(sys, "/sbin/hwclock")) throw new AgentError("GenericError", "this feature or command is not currently supported");
    const { time } = given;
    if (time === undefined) {
      sys.setClockUs(sys.clockUs("rtc"));
      return {};
    }
    if (typeof time !== "number" || !Number.isInteger(time)) throw new AgentError("GenericError", "Invalid parameter type for 'time', expected: integer");
    if (time < 0 || time / 1e9 >= year2070) throw new AgentError("GenericError", "Invalid time");
    const us = Math.floor(time / 1000);
    sys.setClockUs(us);
    sys.setClockUs(us, "rtc");
    return {};
  }],
  ["guest-get-host-name", function* (sys) {
    return { "host-name": sys.uname().nodename };
  }],
  ["guest-get-timezone", function* (sys) {
    const { abbreviation, offsetSeconds } = offsetAt(yield* readZone(sys, undefined), Math.floor(sys.clockUs("realtime") / 1e6));
    return { zone: abbreviation, offset: offsetSeconds };
  }],
  ["guest-get-osinfo", function* (sys) {
    const release = yield* osRelease(sys);
    const { release: kernel, version, machine } = sys.uname();
    return { name: release.get("NAME") ?? "", "kernel-release": kernel, version: release.get("VERSION") ?? "", "pretty-name": release.get("PRETTY_NAME") ?? "", "version-id": release.get("VERSION_ID") ?? "", "kernel-version": version, machine, id: release.get("ID") ?? "" };
  }],
  ["guest-get-users", function* (sys) {
    const records = (yield* readUtmp(sys)).filter((record) => record.type === UT.USER_PROCESS);
    return records.map((record) => ({ "login-time": record.timeUs / 1e6, user: record.user }));
  }],
  ["guest-get-vcpus", vcpus],
  ["guest-set-vcpus", function* (sys, given) {
    const wanted: readonly unknown[] = Array.isArray(given["vcpus"]) ? given["vcpus"] : [];
    let done = 0;
    for (const one of wanted) {
      const fields = new Map<string, unknown>(typeof one === "object" && one !== null ? Object.entries(one) : []);
      const fd = yield* sys.open(`/sys/devices/system/cpu/cpu${Number(fields.get("logical-id"))}/online`, O.WRONLY);
      try {
        yield* sys.write(fd, encode(fields.get("online") === true ? "1" : "0"));
      } finally {
        sys.close(fd);
      }
      done++;
    }
    return done;
  }],
  ["guest-get-disks", function* (sys) {
    const names = ((yield* readTextFile(sys, "/proc/partitions")) ?? "").split("\n").slice(2).flatMap((line) => line.trim().split(/\s+/)[3] ?? []);
    return names.map((name) => {
      const parent = names.find((other) => other !== name && name.startsWith(other) && /^p?\d+$/.test(name.slice(other.length)));
      return { name: `/dev/${name}`, partition: parent !== undefined, ...(parent === undefined ? {} : { dependencies: [`/dev/${parent}`] }) };
    });
  }],
  ["guest-network-get-interfaces", interfaces],
  ["guest-get-fsinfo", function* (sys) {
    const found = yield* fileSystems(sys);
    return found.map(({ device, target, type }) => {
      const { totalBlocks, freeBlocks, blockSizeBytes } = shownSizes(sys, target);
      return { name: device.replace("/dev/", ""), "total-bytes": totalBlocks * blockSizeBytes, mountpoint: target, disk: [{ "bus-type": device.startsWith("/dev/vd") ? "virtio" : device.startsWith("/dev/sr") ? "sata" : "scsi", bus: 0, unit: 0, target: 0, dev: device }], "used-bytes": (totalBlocks - freeBlocks) * blockSizeBytes, type };
    });
  }],
  ["guest-fsfreeze-status", function* (_sys, _given, state) {
    return state.frozen ? "frozen" : "thawed";
  }],
  ["guest-fsfreeze-freeze", function* (sys, _given, state) {
    if (state.frozen) throw new AgentError("GenericError", "Command guest-fsfreeze-freeze has been disabled: the agent is in frozen state");
    const count = (yield* fileSystems(sys)).length;
    // with nothing to freeze it does not stay frozen (qmp_guest_fsfreeze_freeze_list)
    state.frozen = count > 0;
    return count;
  }],
  ["guest-fsfreeze-freeze-list", function* (sys, given, state) {
    const points: readonly unknown[] | undefined = Array.isArray(given["mountpoints"]) ? given["mountpoints"] : undefined;
    const count = (yield* fileSystems(sys)).filter(({ target }) => points === undefined || points.includes(target)).length;
    state.frozen = count > 0;
    return count;
  }],
  ["guest-fsfreeze-thaw", function* (sys, _given, state) {
    const count = state.frozen ? (yield* fileSystems(sys)).length : 0;
    state.frozen = false;
    return count;
  }],
  ["guest-fstrim", function* (sys) {
    return { paths: (yield* fileSystems(sys)).map(({ target }) => ({ path: target, minimum: 0, trimmed: 0 })) };
  }],
  ["guest-shutdown", function* (sys, given) {
    const mode = typeof given["mode"] === "string" ? given["mode"] : "powerdown";
    const option = shutdownModes.get(mode);
    if (option === undefined) throw new AgentError("GenericError", `Invalid parameter '${mode}'`);
    yield* runProgram(sys, "/bin/systemctl", ["systemctl", option === "--poweroff" ? "poweroff" : option === "--halt" ? "halt" : "reboot"]);
    return undefined;
  }],
  ["guest-set-user-password", function* (sys, given) {
    const [user, password] = [needed(given, "username"), needed(given, "password")];
    const status = yield* runProgram(sys, "/usr/sbin/chpasswd", ["chpasswd", ...(given["crypted"] === true ? ["-e"] : [])], Uint8Array.from([...`${user}:${decode(bytesOfBase64(password) ?? new Uint8Array(0))}\n`].map((character) => character.charCodeAt(0))));
    if (status !== 0) throw new AgentError("GenericError", "child process has failed to set user password");
    return {};
  }],
  ["guest-exec", function* (sys, given, state) {
    const path = needed(given, "path");
    const args = Array.isArray(given["arg"]) ? given["arg"].filter((arg) => typeof arg === "string") : [];
    const captured = given["capture-output"] === true;
    const [outRead, outWrite] = captured ? sys.pipe() : [undefined, undefined];
    const [errorRead, errorWrite] = captured ? sys.pipe() : [undefined, undefined];
    const directories = path.includes("/") ? [""] : ["/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"];
    const file = directories.map((directory) => directory + path).find((one) => exists(sys, one));
    if (file === undefined) throw new AgentError("GenericError", `Guest agent command failed, error was 'Failed to execute child process “${path}” (No such file or directory)'`);
    const pid = sys.fork(function* child(own) {
      const nothing = yield* own.open("/dev/null", O.RDWR);
      own.dup2(nothing, 0);
      own.dup2(outWrite ?? nothing, 1);
      own.dup2(errorWrite ?? nothing, 2);
      for (const fd of own.descriptors()) if (fd > 2) own.close(fd);
      try {
        return yield* own.exec(file, [path, ...args], new Map([["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]));
      } catch (error) {
        if (error instanceof SysError) return 127;
        throw error;
      }
    });
    if (outWrite !== undefined) sys.close(outWrite);
    if (errorWrite !== undefined) sys.close(errorWrite);
    state.processes.set(pid, { pid, output: outRead, errors: errorRead });
    return { pid };
  }],
  ["guest-exec-status", function* (sys, given, state) {
    const started = typeof given["pid"] === "number" ? state.processes.get(given["pid"]) : undefined;
    if (started === undefined) throw new AgentError("GenericError", "Invalid parameter 'pid'");
    const waited = yield* sys.waitpid(started.pid, { nohang: true });
    if (waited === undefined) return { exited: false };
    state.processes.delete(started.pid);
    const [out, errors] = [yield* readWhole(sys, started.output), yield* readWhole(sys, started.errors)];
    return {
      exited: true,
      ...(waited.status.kind === "exited" ? { exitcode: waited.status.status } : waited.status.kind === "signaled" ? { signal: waited.status.signal } : {}),
      ...(out.length > 0 ? { "out-data": base64Of(out) } : {}), ...(errors.length > 0 ? { "err-data": base64Of(errors) } : {}),
    };
  }],
  ["guest-ssh-get-authorized-keys", function* (sys, given) {
    const user = (yield* Accounts.read(sys)).userByName(needed(given, "username"));
    if (user === undefined) throw new AgentError("GenericError", "failed to lookup user");
    return { keys: ((yield* readTextFile(sys, `${user.home}/.ssh/authorized_keys`)) ?? "").split("\n").filter((line) => line !== "") };
  }],
  ["guest-suspend-ram", function* (sys) {
    sys.kill(1, SIGNALS.CONT);
    throw new AgentError("GenericError", "suspend-to-ram not supported by OS");
  }],
]);

function exists(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFREG;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function shownSizes(sys: Sys, path: string): { readonly totalBlocks: number; readonly freeBlocks: number; readonly blockSizeBytes: number } {
  const found = sys.statfs(path);
  return { totalBlocks: found.blocks, freeBlocks: found.blocksFree, blockSizeBytes: found.blockSizeBytes };
}

function* readWhole(sys: Sys, fd: number | undefined): Blocking<Uint8Array> {
  if (fd === undefined) return new Uint8Array(0);
  const all: number[] = [];
  for (;;) {
    const bytes = yield* sys.read(fd, 65_536);
    if (bytes.length === 0) break;
    for (const byte of bytes) all.push(byte);
  }
  sys.close(fd);
  return Uint8Array.from(all);
}
