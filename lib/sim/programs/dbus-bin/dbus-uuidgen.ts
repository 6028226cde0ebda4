// dbus-uuidgen: D-Bus's own machine identifier.
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { tryReadFile, writeFile } from "../../daemons/systemd/api/files.ts";
import type { Command } from "../kit/command.ts";

const defaultFile = "/var/lib/dbus/machine-id";
const valid = /^[0-9a-f]{32}\n?$/;

function newId(sys: Sys): string {
  return [...sys.random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function* run(sys: Sys, argv: readonly string[]): Blocking<number> {
  const say = function* (fd: number, text: string): Blocking<void> {
    yield* sys.write(fd, encode(text));
  };
  let mode: "new" | "ensure" | "get" = "new";
  let file = defaultFile;
  for (const word of argv.slice(1)) {
    const match = /^--(ensure|get)(?:=(.*))?$/.exec(word);
    if (word === "--version") {
      yield* say(1, "D-Bus UUID Generator 1.14.10\n");
      return 0;
    }
    if (match === null) {
      yield* say(2, "Usage: dbus-uuidgen [--ensure[=FILENAME]] [--get[=FILENAME]]\n");
      return word === "--help" ? 0 : 1;
    }
    mode = match[1] === "ensure" ? "ensure" : "get";
    if (match[2] !== undefined) file = match[2];
  }
  if (mode === "new") {
    yield* say(1, `${newId(sys)}\n`);
    return 0;
  }
  const known = yield* tryReadFile(sys, file);
  if (known !== undefined && valid.test(known)) {
    if (mode === "get") yield* say(1, `${known.trim()}\n`);
    return 0;
  }
  const etc = yield* tryReadFile(sys, "/etc/machine-id");
  if (mode === "get") {
    if (file === defaultFile && etc !== undefined && valid.test(etc)) {
      yield* say(1, `${etc.trim()}\n`);
      return 0;
    }
    yield* say(2, known === undefined ? `Failed to open "${file}": No such file or directory\n` : `UUID file '${file}' should contain a hex string of length 32, not length ${known.trim().length}, with no other text\n`);
    return 1;
  }
  try {
    yield* writeFile(sys, file, `${file === defaultFile && etc !== undefined && valid.test(etc) ? etc.trim() : newId(sys)}\n`);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* say(2, `Failed to open "${file}" for writing: ${error.message}\n`);
    return 1;
  }
  return 0;
}

const command: Command = {
  name: "dbus-uuidgen",
  declaration: {
    name: "dbus-uuidgen", summary: "make and show D-Bus's machine identifier", synopsis: ["[--ensure[=FILENAME]] [--get[=FILENAME]]"], operands: "none",
    options: [
      { names: ["--ensure"], argument: "FILENAME", argumentOptional: true, help: "create the file if there is none", support: "simulated" },
      { names: ["--get"], argument: "FILENAME", argumentOptional: true, help: "show what identifier the file holds", support: "simulated" },
    ],
  },
  program: run,
};

export default command;
