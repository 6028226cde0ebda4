// virt-clone: a second machine from a stopped one: name, uuid, MAC and disks are new, what is on the disks is not (virt-clone(1), 4.1).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { LibvirtError, rows, textAt } from "../../daemons/libvirt/api.ts";
import type { Command } from "../kit/command.ts";
import { connect, meter, say, VirtinstError } from "./_virtinst.ts";
import { exists } from "../kit/presence.ts";
import { withHelp } from "../kit/program.ts";

interface Options {
  readonly original: string | undefined;
  readonly name: string | undefined;
  readonly files: readonly string[];
  readonly macs: readonly string[];
  readonly auto: boolean;
  readonly printXml: boolean;
  readonly quiet: boolean;
  readonly preserveData: boolean;
}

function parse(argv: readonly string[]): Options | string {
  const one = new Map<string, string[]>();
  const unknown: string[] = [];
  const long = new Map([["-o", "--original"], ["-n", "--name"], ["-f", "--file"], ["-m", "--mac"], ["-q", "--quiet"]]);
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    const name = long.get(word) ?? (equals > 0 ? word.slice(0, equals) : word);
    if (["--auto-clone", "--print-xml", "--quiet", "--preserve-data", "--nonsparse", "--replace", "--debug", "--reflink"].includes(name)) one.set(name, [""]);
    else if (["--original", "--name", "--file", "--mac", "--connect", "--uuid", "--check", "--original-xml", "--skip-copy", "--force-copy"].includes(name)) one.set(name, [...(one.get(name) ?? []), equals > 0 ? word.slice(equals + 1) : (argv[++at] ?? "")]);
    else unknown.push(word);
  }
  if (unknown.length > 0) return `unrecognized arguments: ${unknown.join(" ")}`;
  return { original: one.get("--original")?.at(-1), name: one.get("--name")?.at(-1), files: one.get("--file") ?? [], macs: one.get("--mac") ?? [], auto: one.has("--auto-clone"), printXml: one.has("--print-xml"), quiet: one.has("--quiet"), preserveData: one.has("--preserve-data") };
}

function* copyImage(sys: Sys, from: string, to: string, format: string): Blocking<void> {
  const pid = sys.fork(function* copy(child) {
    try {
      return yield* child.exec("/usr/bin/qemu-img", ["qemu-img", "convert", "-f", format, "-O", format, from, to], sys.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
  yield* sys.waitpid(pid);
}

function* clone(sys: Sys, options: Options): Blocking<number> {
  const { original } = options;
  if (!options.auto && options.files.length === 0) throw new VirtinstError("Either --auto-clone or --file is required, use '--auto-clone or --file' and try again.");
  if (original === undefined) throw new VirtinstError("An original machine name is required, use '--original original_guest' and try again.");
  const client = yield* connect(sys);
  const domains = rows(yield* client.call("listDomains"));
  const source = domains.find((domain) => textAt(domain, "name") === original);
  if (source === undefined) throw new VirtinstError(`Domain '${original}' was not found.`);
  if (textAt(source, "state") !== "shut off") throw new VirtinstError("Domain to clone must be shutoff.");
  const taken = new Set(domains.map((domain) => textAt(domain, "name")));
  let name = options.name;
  if (name === undefined) {
    name = `${original}-clone`;
    for (let number = 1; taken.has(name); number++) name = `${original}-clone${number}`;
  } else if (taken.has(name)) throw new VirtinstError(`Invalid name for new guest: Guest name '${name}' is already in use.`);
  let xml = String(yield* client.call("domainXml", { domain: original, inactive: true }));
  const disks = rows(yield* client.call("domainBlocks", { domain: original, inactive: true })).filter((disk) => textAt(disk, "device") === "disk" && textAt(disk, "source") !== "-");
  const copies: { readonly from: string; readonly to: string; readonly format: string }[] = [];
  for (const [index, disk] of disks.entries()) {
    const from = textAt(disk, "source");
    const slash = from.lastIndexOf("/");
    const dot = from.lastIndexOf(".");
    const extension = dot > slash ? from.slice(dot) : "";
    const stem = from.slice(slash + 1, extension === "" ? undefined : dot);
    let to = options.files[index];
    if (to === undefined) {
      const base = stem === original ? name : `${stem}-clone`;
      to = `${from.slice(0, slash + 1)}${base}${extension}`;
      for (let number = 1; exists(sys, to); number++) to = `${from.slice(0, slash + 1)}${base}-${number}${extension}`;
    } else if (exists(sys, to) && !options.preserveData) throw new VirtinstError(`Could not use path '${to}' for cloning: Clone onto existing storage volume is not currently supported: '${to}'`);
    copies.push({ from, to, format: textAt(disk, "format") });
    xml = xml.replaceAll(`file='${from}'`, `file='${to}'`);
  }
  const random = (): string => [...sys.random(3)].map((byte) => byte.toString(16).padStart(2, "0")).join(":");
  let card = 0;
  xml = xml.replace(`<name>${original}</name>`, `<name>${name}</name>`).replace(/ *<uuid>[^<]*<\/uuid>\n/, "").replace(/<mac address='[^']*'\/>/g, () => `<mac address='${options.macs[card++] ?? `52:54:00:${random()}`}'/>`);
  if (options.printXml) {
    yield* say(sys, 1, `${xml.replaceAll("'", '"')}\n`);
    return 0;
  }
  for (const { from, to, format } of copies) {
    if (!options.quiet) yield* say(sys, 1, meter(`Allocating '${to.slice(to.lastIndexOf("/") + 1)}'`));
    if (!options.preserveData) yield* copyImage(sys, from, to, format);
  }
  yield* client.call("domainDefine", { xml });
  if (!options.quiet) yield* say(sys, 1, `\nClone '${name}' created successfully.\n`);
  return 0;
}

const command: Command = {
  name: "virt-clone",
  declaration: {
    name: "virt-clone", summary: "make a virtual machine that is a copy of another", synopsis: ["--original [NAME] ..."], operands: "none",
    options: [
      { names: ["-o", "--original"], argument: "NAME", argumentOptional: false, help: "the machine to clone", support: "simulated" }, { names: ["-n", "--name"], argument: "NAME", argumentOptional: false, help: "name of the clone", support: "simulated" },
      { names: ["-f", "--file"], argument: "PATH", argumentOptional: false, help: "disk of the clone", support: "simulated" }, { names: ["-m", "--mac"], argument: "MAC", argumentOptional: false, help: "MAC address of the clone", support: "simulated" },
      { names: ["--auto-clone"], argument: undefined, argumentOptional: false, help: "names are made up", support: "simulated" }, { names: ["--print-xml"], argument: undefined, argumentOptional: false, help: "only show the XML", support: "simulated" },
    ],
  },
  *program(sys, argv) {
    if (argv.includes("--version")) {
      yield* say(sys, 1, "4.1.0\n");
      return 0;
    }
    const options = parse(argv);
    if (typeof options === "string") {
      yield* say(sys, 2, `usage: virt-clone --original [NAME] ...\nvirt-clone: error: ${options}\n`);
      return 2;
    }
    try {
      return yield* clone(sys, options);
    } catch (error) {
      if (!(error instanceof VirtinstError || error instanceof LibvirtError)) throw error;
      yield* say(sys, 2, `ERROR    ${error.message}\n`);
      return 1;
    }
  },
};

export default withHelp(command);
