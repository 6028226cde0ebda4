// The dialect of udevadm's verbs.
import type { Command } from "../kit/command.ts";
import { type GnuDeclaration, gnu } from "../kit/gnu.ts";
import type { Options } from "../kit/option.ts";

export function udevadmVerb<const O extends Options>(spec: Omit<GnuDeclaration<O>, "project" | "version" | "tryLine">): Command {
  return gnu({ ...spec, project: "systemd", version: "252 (252.39-1~deb12u2)", tryLine: () => "" });
}
