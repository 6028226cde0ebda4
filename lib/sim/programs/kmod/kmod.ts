// kmod: the one program that lsmod, modprobe and the others are on a real machine; by its own name it lists modules and the device nodes that they would make.
import { readTextFile } from "../kit/accounts.ts";
import { type Io, gnu } from "../kit/gnu.ts";
import { moduleTable } from "./_module-tree.ts";

export default gnu({
  name: "kmod", path: "/bin/kmod", manSection: 8, project: "kmod", tryLine: () => "", versionLetter: "V", helpLetter: "h", versionText: "kmod version 30\n+ZSTD +XZ -ZLIB +LIBCRYPTO -EXPERIMENTAL\n", summary: "list kernel modules and the device nodes that they bring",
  synopsis: ["[options] command [command_options]"],
  description: ["Commands: list (what lsmod prints), static-nodes [-f human|devname|tmpfiles] (nodes of modules that are loaded when somebody opens them), help. Under the names lsmod, modprobe, modinfo, insmod, rmmod and depmod kmod is those programs."],
  options: {}, parsing: { stopAtOperand: true },
  *run({ operands, sys }, io: Io) {
    const [command, ...rest] = operands;
    switch (command) {
      case "help": io.out.put("kmod - Manage kernel modules: list, load, unload, etc\nUsage:\n\tkmod [options] command [command_options]\n\nCommands:\n  help         what this is\n  list         the modules that are loaded\n  static-nodes nodes of modules that are not\n"); return 0;
      case "list":
        if (rest.length > 0) {
          yield* io.stderr("Usage: list\n");
          return 1;
        }
        io.out.put(moduleTable((yield* readTextFile(sys, "/proc/modules")) ?? ""));
        return 0;
      case "static-nodes": {
        const format = rest.find((one) => one.startsWith("--format="))?.slice(9) ?? (rest[0] === "-f" || rest[0] === "--format" ? rest[1] : undefined) ?? "human";
        const wrong = rest.find((one) => one.startsWith("-") && !/^(-f|-o|--format(=.*)?|--output(=.*)?)$/.test(one));
        if (wrong !== undefined) {
          yield* io.stderr(`static-nodes: ${wrong.startsWith("--") ? `unrecognized option '${wrong}'` : `invalid option -- '${wrong.slice(1, 2)}'`}\n`);
          return 1;
        }
        if (!["human", "devname", "tmpfiles"].includes(format)) {
          yield* io.stderr(`Unknown format: '${format}'.\nUsage:\n\tkmod static-nodes [options]\n`);
          return 1;
        }
        const path = `/lib/modules/${sys.uname().release}/modules.devname`;
        const table = yield* readTextFile(sys, path);
        if (table === undefined) {
          yield* io.stderr(`Warning: ${path} not found - ignoring\n`);
          return 0;
        }
        for (const line of table.split("\n")) {
          const [module, node, device] = line.split(" ");
          const numbers = /^([cb])(\d+):(\d+)$/.exec(device ?? "");
          if (module === undefined || node === undefined || !numbers || line.startsWith("#")) continue;
          const [, type, major, minor] = numbers;
          if (format === "human") io.out.put(`Module: ${module}\n\tDevice node: /dev/${node}\n\t\tType: ${type === "c" ? "character" : "block"} device\n\t\tMajor: ${major}\n\t\tMinor: ${minor}\n`);
          else if (format === "devname") io.out.put(`${line}\n`);
          else io.out.put(`${node.includes("/") ? `d /dev/${node.slice(0, node.lastIndexOf("/"))} 0755 - - -\n` : ""}${type}! /dev/${node} 0600 - - - ${major}:${minor}\n`);
        }
        return 0;
      }
      default:
        yield* io.stderr(`${command === undefined ? "missing command" : `invalid command '${command}'`}\nkmod - Manage kernel modules: list, load, unload, etc\nUsage:\n\tkmod [options] command [command_options]\n`);
        return 1;
    }
  },
});
