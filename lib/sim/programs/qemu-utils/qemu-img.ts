// qemu-img: makes, shows, converts and changes disk images (qemu-img(1)). Each subcommand is a file in img/.
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { ImageError } from "../kit/disk-image/disk-image.ts";
import { ImgFailure, output, type Subcommand } from "./img/_call.ts";
import { amend } from "./img/amend.ts";
import { bench } from "./img/bench.ts";
import { bitmap } from "./img/bitmap.ts";
import { check } from "./img/check.ts";
import { commit } from "./img/commit.ts";
import { compare } from "./img/compare.ts";
import { convert } from "./img/convert.ts";
import { create } from "./img/create.ts";
import { dd } from "./img/dd.ts";
import { info } from "./img/info.ts";
import { map } from "./img/map.ts";
import { measure } from "./img/measure.ts";
import { rebase } from "./img/rebase.ts";
import { resize } from "./img/resize.ts";
import { snapshot } from "./img/snapshot.ts";

const subcommands: readonly Subcommand[] = [amend, bench, bitmap, check, commit, compare, convert, create, dd, info, map, measure, rebase, resize, snapshot];
const hint = "Try 'qemu-img --help' for more information\n";

export const qemuVersion = "7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)";

function* qemuImg(sys: Sys, argv: readonly string[]): Blocking<number> {
  const [name, ...words] = argv.slice(1);
  const io = output(sys);
  const fail = function* (text: string): Blocking<number> {
    yield* sys.write(2, encode(`qemu-img: ${text}\n${hint}`));
    return 1;
  };
  if (name === undefined) return yield* fail("Not enough arguments");
  if (name === "--version" || name === "-V") {
    yield* io.out(`qemu-img version ${qemuVersion}\nCopyright (c) 2003-2022 Fabrice Bellard and the QEMU Project developers\n`);
    return 0;
  }
  if (name === "--help" || name === "-h") {
    yield* io.out(`qemu-img version ${qemuVersion}\nusage: qemu-img [standard options] command [command options]\nDisk images for QEMU.\n\nCommand syntax:\n${subcommands.map((one) => `  ${one.name.padEnd(10)} ${one.summary}\n`).join("")}\nSupported formats: qcow2 raw vdi vmdk\n`);
    return 0;
  }
  const subcommand = subcommands.find((one) => one.name === name);
  if (subcommand === undefined) return yield* fail(name.startsWith("-") ? `unrecognized option '${name}'` : `Command not found: ${name}`);
  try {
    return yield* subcommand.run({ sys, words, ...io });
  } catch (error) {
    if (error instanceof ImgFailure) {
      yield* sys.write(2, encode(`qemu-img: ${error.message}${error.message.endsWith("Detected format of qcow2.") || error.message.endsWith("Detected format of raw.") ? "" : "\n"}${error.usage ? hint : ""}`));
      return error.status;
    }
    if (error instanceof ImageError || error instanceof SysError) {
      yield* io.err(error.message);
      return 1;
    }
    throw error;
  }
}

export default {
  name: "qemu-img",
  declaration: {
    name: "qemu-img", summary: "QEMU disk image utility", synopsis: ["[standard options] command [command options]"], options: [], operands: "files",
    subcommands: subcommands.map(({ name, summary }) => ({ name, summary, synopsis: [""], options: [] })),
  },
  program: qemuImg,
} satisfies Command;
