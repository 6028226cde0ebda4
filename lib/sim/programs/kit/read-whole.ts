// All that comes from a descriptor, to its end.
import { type Blocking, concatBytes, type Sys } from "../../kernel/sys.ts";
import { HeldMemory } from "./held-memory.ts";

/** Errors: those of read(2), ENOMEM beyond the process's limits. */
export function* readWhole(sys: Sys, fd: number): Blocking<Uint8Array> {
  const held = new HeldMemory(sys);
  const parts: Uint8Array[] = [];
  try {
    for (;;) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) return concatBytes(parts);
      held.hold(bytes.length);
      parts.push(bytes);
      if (sys.charge(1 + (bytes.length >> 10))) yield* sys.preempt();
    }
  } finally {
    held.release();
  }
}
