// VBoxControl: asks VirtualBox from inside a guest (its manual, chapter 9). There is no VirtualBox here: outside of one it says so.
import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { guestDevice, version } from "./_host.ts";

const subcommands = ["guestproperty", "sharedfolder", "takesnapshot", "savestate", "suspend", "pause", "poweroff", "version", "help", "writecoredump"];
const usage = `Usage:\n\nVBoxControl [-V|--version]       print version number and exit\nVBoxControl --nologo ...         suppress the logo\n\n${subcommands.map((name) => `VBoxControl ${name}\n`).join("")}`;

function* control(sys: Sys, argv: readonly string[]): Blocking<number> {
  const words = argv.slice(1);
  const quiet = words[0] === "--nologo" || words[0] === "-nologo" || words[0] === "-q";
  const [name] = quiet ? words.slice(1) : words;
  if (name === "-V" || name === "--version" || name === "-v") {
    yield* sys.write(1, encode(`${version}\n`));
    return 0;
  }
  if (!quiet) yield* sys.write(1, encode(`Oracle VM VirtualBox Guest Additions Command Line Management Interface Version ${version.replace(/r\d+$/, "")}\nCopyright (C) 2008-2024 Oracle and/or its affiliates\n\n`));
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    yield* sys.write(1, encode(usage));
    return 0;
  }
  if (!(yield* guestDevice(sys))) {
    yield* sys.write(2, encode("VBoxControl: error: Could not contact the host system.  Make sure that you are running this\napplication inside a VirtualBox guest system, and that you have sufficient\nuser permissions.\n"));
    return 1;
  }
  if (!subcommands.includes(name)) {
    yield* sys.write(2, encode(`VBoxControl: error: Unknown command '${name}'\n`));
    return 2;
  }
  yield* sys.write(2, encode("VBoxControl: error: VirtualBox itself is not simulated\n"));
  return 1;
}

export default {
  name: "VBoxControl",
  declaration: { name: "VBoxControl", summary: "control a VirtualBox guest from inside", synopsis: ["[--nologo] COMMAND"], operands: "none", options: [{ names: ["-V", "--version"], argument: undefined, argumentOptional: false, help: "show the number of the version", support: "simulated" }] },
  program: control,
} satisfies Command;
