// udevadm test and test-builtin: what an event would do, without doing it.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { type Device, deviceAt, deviceOfNode, propertiesOf } from "./_device.ts";
import { handleEvent } from "./_event.ts";
import { readRules, RULE_DIRECTORIES, ruleFiles } from "./_rules.ts";
import { udevadmVerb } from "./_udevadm.ts";

function* deviceNamed(sys: Sys, io: Io, word: string | undefined, what: string): Blocking<Device | undefined> {
  if (word === undefined) {
    yield* io.stderr(`${what}\n`);
    return undefined;
  }
  const device = (word.startsWith("/dev/") ? yield* deviceOfNode(sys, word) : undefined) ?? (yield* deviceAt(sys, word));
  if (device === undefined) yield* io.stderr(`Failed to open device '${word}': No such device\n`);
  return device;
}

export const test = udevadmVerb({
  name: "test", summary: "show what rules would do with an event", synopsis: ["[OPTIONS] DEVPATH"],
  options: { action: text(["-a", "--action"], "ACTION|help", "the event's action (add)"), names: text(["-N", "--resolve-names"], "early|late|never", "when names are resolved") },
  *run({ options, operands, sys }, io: Io) {
    const device = yield* deviceNamed(sys, io, operands[0], "syspath parameter missing.");
    if (device === undefined) return 1;
    io.out.put("This program is for debugging only, it does not run any program\nspecified by a RUN key. It may show incorrect results, because\nsome values may be different, or not available at a simulation run.\n\n");
    yield* io.out.flush();
    for (const path of ruleFiles(sys, RULE_DIRECTORIES)) yield* io.stderr(`Reading rules file: ${path}\n`);
    const { rules, problems } = yield* readRules(sys);
    for (const { file, line, message } of problems) yield* io.stderr(`${file}:${line} ${message}\n`);
    const outcome = yield* handleEvent(sys, device, options.action ?? "add", rules, true);
    for (const note of outcome.notes) yield* io.stderr(`${note}\n`);
    const { properties } = outcome;
    const links = [...new Set([...(properties.get("DEVLINKS")?.split(" ") ?? []), ...[...outcome.links].map((link) => `/dev/${link}`)])].sort();
    if (links.length > 0) properties.set("DEVLINKS", links.join(" "));
    const tags = [...new Set([...(properties.get("TAGS")?.split(":") ?? []), ...outcome.tags])].filter((tag) => tag !== "");
    if (tags.length > 0) properties.set("TAGS", `:${tags.join(":")}:`).set("CURRENT_TAGS", `:${tags.join(":")}:`);
    for (const [name, value] of properties) io.out.put(`${name}=${value}\n`);
    for (const command of outcome.run) io.out.put(`run: '${command}'\n`);
    return 0;
  },
});

/** What each finds: a part of the properties. */
const BUILTINS: ReadonlyMap<string, readonly [summary: string, prefix: RegExp]> = new Map([
  ["blkid", ["Filesystem and partition probing", /^ID_(?:FS|PART)_/]], ["btrfs", ["btrfs volume management", /^ID_BTRFS/]], ["hwdb", ["Hardware database", /_FROM_DATABASE$/]], ["input_id", ["Input device properties", /^ID_INPUT/]], ["keyboard", ["Keyboard scan code to key mapping", /^KEYBOARD_/]], ["kmod", ["Kernel module loader", /^$/]],
  ["net_id", ["Network device properties", /^ID_NET_NAM/]], ["net_setup_link", ["Configure network link", /^ID_NET_(?:LINK_FILE|NAME$|DRIVER)/]], ["path_id", ["Compose persistent device path", /^ID_PATH/]], ["usb_id", ["USB device properties", /^ID_USB/]], ["uaccess", ["Manage device node user ACL", /^$/]],
]);

export const testBuiltin = udevadmVerb({
  name: "test-builtin", summary: "run one built-in of udev and show the properties", synopsis: ["[OPTIONS] COMMAND DEVPATH"],
  options: { action: text(["-a", "--action"], "ACTION|help", "the event's action"), list: flag(["-l"], "list the commands") },
  *run({ options, operands, sys }, io: Io) {
    const [name = "", word] = operands;
    if (options.list || name === "") {
      yield* io.stderr(options.list ? "" : "Expected two arguments: command string and device path.\n");
      if (options.list) io.out.put([...BUILTINS].map(([one, [summary]]) => `  ${one.padEnd(14)}  ${summary}\n`).join(""));
      return options.list ? 0 : 1;
    }
    const builtin = BUILTINS.get(name);
    if (builtin === undefined) {
      yield* io.stderr(`Unknown command '${name}'\n`);
      return 5;
    }
    const device = yield* deviceNamed(sys, io, word, "syspath missing.");
    if (device === undefined) return 1;
    try {
      for (const [key, value] of yield* propertiesOf(sys, device)) if (builtin[1].test(key)) io.out.put(`${key}=${value}\n`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 1;
    }
    return 0;
  },
});
