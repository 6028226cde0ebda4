// systemd-mount and systemd-umount: a mount point as a transient unit (systemd-mount(1)).
import { S, type Sys, SysError } from "../../kernel/sys.ts";
import { isFailure } from "../../daemons/systemd/api/protocol.ts";
import { escapePath } from "../../daemons/systemd/api/unit-name.ts";
import { probeDevice } from "../kit/probe-device.ts";
import { readMounts } from "../kit/mounts.ts";
import { flag, type Io, text, texts } from "../kit/gnu.ts";
import { columns, complain, connect, systemdTool } from "./_systemd.ts";
import { renderTable } from "./_table.ts";

function isBlockDevice(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFBLK;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function* list(io: Io, legend: boolean) {
  const { sys } = io;
  const rows: string[][] = [];
  for (const { name } of sys.readdir("/sys/class/block")) {
    const path = `/dev/${name}`;
    if (!isBlockDevice(sys, path)) continue;
    const found = yield* probeDevice(sys, path);
    if (found?.usage === "filesystem") rows.push([path, "n/a", "n/a", "n/a", found.type ?? "n/a", found.label ?? "n/a", found.uuid ?? "n/a"]);
  }
  if (rows.length > 0) io.out.put(renderTable(sys, { header: legend ? ["NODE", "PATH", "MODEL", "WWN", "TYPE", "LABEL", "UUID"] : undefined, rows, width: columns(sys) }));
  return 0;
}

export default systemdTool({
  name: "systemd-mount", path: "/bin/systemd-mount", links: ["/bin/systemd-umount"], summary: "mount and unmount by temporary units, which are in no file", synopsis: ["[OPTIONS...] WHAT [WHERE]", "[OPTIONS...] --list", "[OPTIONS...] --umount WHAT|WHERE..."], operands: "files", seeAlso: ["mount(8)", "systemd.mount(5)"],
  options: {
    noBlock: flag(["--no-block"], "do not wait until it is mounted"), noPager: flag(["--no-pager"], "do not pipe the output into a pager"), noLegend: flag(["--no-legend"], "no headers and hints"), full: flag(["-l", "--full"], "do not shorten"), noAsk: flag(["--no-ask-password"], "never ask for a password"), quiet: flag(["-q", "--quiet"], "say nothing"),
    discover: flag(["--discover"], "look at the device for its label"), type: text(["-t", "--type"], "TYPE", "what kind of file system"), options: text(["-o", "--options"], "OPTIONS", "options of the mount"), owner: text(["--owner"], "USER", "uid= and gid= of this user"), fsck: text(["--fsck"], "BOOL", "check the file system first"),
    description: text(["--description"], "TEXT", "description of the unit"), property: texts(["-p", "--property"], "NAME=VALUE", "a property of the unit"), list: flag(["--list"], "show devices that can be mounted"), umount: flag(["-u", "--umount"], "unmount"), collect: flag(["-G", "--collect"], "forget the unit also when it failed"),
  },
  *run({ options, operands, sys, argv0 }, io) {
    if (options.list) return yield* list(io, !options.noLegend);
    const [what, where] = operands;
    if (what === undefined) {
      yield* complain(io, "At least one argument required.");
      return 1;
    }
    const unmounting = options.umount || argv0.endsWith("systemd-umount");
    if (!unmounting && operands.length > 2) {
      yield* complain(io, "More than two arguments are not allowed.");
      return 1;
    }
    const bus = yield* connect(io);
    if (bus === undefined) return 1;
    if (unmounting) {
      let status = 0;
      for (const operand of operands) {
        const mount = (yield* readMounts(sys)).toReversed().find(({ source, target }) => source === operand || target === operand.replace(/(.)\/$/, "$1"));
        if (mount === undefined) {
          yield* complain(io, `Failed to find mount point for ${operand}: No such file or directory`);
          status = 1;
          continue;
        }
        const unit = `${escapePath(mount.target)}.mount`;
        const job = yield* bus.call({ op: "job", kind: "stop", unit, mode: "replace" });
        if (isFailure(job)) {
          yield* complain(io, `Failed to stop mount unit: ${job.error}`);
          status = 1;
          continue;
        }
        if (!options.noBlock) yield* bus.call({ op: "wait-job", id: job.id });
        if (!options.quiet) io.out.put(`Stopped unit ${unit} for mount point: ${mount.target}\n`);
      }
      bus.close();
      return status;
    }
    const probed = isBlockDevice(sys, what) ? yield* probeDevice(sys, what) : undefined;
    const point = where ?? `/run/media/system/${probed?.label ?? what.replace(/^.*\//, "")}`;
    const unit = `${escapePath(point)}.mount`;
    const lines = [`What=${what}`, `Where=${point}`, ...((options.type ?? probed?.type) === undefined ? [] : [`Type=${options.type ?? probed?.type ?? ""}`]), ...(options.options === undefined ? [] : [`Options=${options.options}`]), ...options.property];
    const reply = yield* bus.call({ op: "transient", unit, text: `[Unit]\nDescription=${options.description ?? point}\n\n[Mount]\n${lines.join("\n")}\n` });
    if (isFailure(reply)) {
      yield* complain(io, `Failed to start transient mount unit: ${reply.error}`);
      return 1;
    }
    if (!options.noBlock) {
      const outcome = yield* bus.call({ op: "wait-job", id: reply.id });
      if (isFailure(outcome) || outcome.result !== "done") {
        yield* complain(io, `Job for ${unit} failed.\nSee "systemctl status ${unit}" and "journalctl -xeu ${unit}" for details.`);
        return 1;
      }
    }
    bus.close();
    if (!options.quiet) io.out.put(`Started unit ${unit} for mount point: ${point}\n`);
    return 0;
  },
});
