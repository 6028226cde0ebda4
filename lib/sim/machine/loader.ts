// From a binary's head to the program that it names.
import { parseExecutable } from "../kernel/executable.ts";
import type { Program } from "../kernel/sys.ts";
import { busyboxProgram } from "./busybox-programs.ts";
import { daemonPrograms } from "./daemon-programs.ts";
import { helloWorld } from "./images/hello-world.ts";
import { registryServer } from "./images/registry-server.ts";
import { commands } from "./registry.generated.ts";

const daemons = new Map<string, Program>([...daemonPrograms.map((daemon): [string, Program] => [daemon.id, daemon.program]), ["hello-world/hello", helloWorld], ["registry/registry", registryServer]]);

export function loadProgram(head: Uint8Array): Program | undefined {
  const id = parseExecutable(head)?.program;
  if (id === undefined) return undefined;
  if (id === "busybox-static/busybox") return busyboxProgram;
  return commands.get(id)?.program ?? daemons.get(id);
}
