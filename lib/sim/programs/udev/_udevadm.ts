// The dialect of udevadm's verbs.
import type { Command } from "../kit/command.ts";
import { type GnuDeclaration, gnu } from "../kit/gnu.ts";
import type { Options } from "../kit/option.ts";

export function udevadmVerb<const O extends Options>(spec: Omit<GnuDeclaration<O>, "project" | "version" | "tryLine">): Command {
  // getopt speaks for the verb
  const command = gnu({ ...spec, project: "systemd", version: "252 (252.39-1~deb12u2)", tryLine: () => "" });
  return { ...command, program: (sys, argv) => command.program(sys, [spec.name, ...argv.slice(1)]) };
}
