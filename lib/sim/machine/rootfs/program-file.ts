// The binary file that stands for a simulated program: its size, memory and libraries as far as anything shows them.
import { DYNAMIC_LINKER, type Executable } from "../../kernel/executable.ts";

/** Forty hexadecimal digits from the identifier. */
function buildIdOf(id: string): string {
  let text = "";
  for (let round = 0; text.length < 40; round++) {
    let hash = 0x811c9dc5 ^ round;
    for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
    text += (hash >>> 0).toString(16).padStart(8, "0");
  }
  return text;
}

export function executableOf(id: string, path: string): Executable {
  const buildId = buildIdOf(id);
  return {
    program: id, kind: "program", interpreter: id.startsWith("busybox-static/") ? undefined : DYNAMIC_LINKER, needed: ["libc.so.6"],
    sizeBytes: 14_568 + (Number.parseInt(buildId.slice(0, 4), 16) & 0x1fff8) + (path.includes("systemd") ? 80_000 : 0), residentBytes: 1_500_000, buildId,
  };
}
