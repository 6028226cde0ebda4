// Who is told what happens: clients that wait for events have a stream each, a line an event.
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";

/** Kinds and words as virsh prints them (virsh-domain.c, virsh-network.c, virsh-pool.c, virsh-secret.c). */
export interface LibvirtEvent {
  readonly about: "domain" | "network" | "pool" | "secret" | "nodedev";
  readonly kind: string;
  readonly name: string;
  /** "Started Booted" */
  readonly text: string;
}

export class EventHub {
  readonly #listeners = new Set<number>();

  /** A descriptor of the daemon's; it must not block. */
  listen(sys: Sys, fd: number): void {
    sys.setStatusFlags(fd, sys.getStatusFlags(fd) | O.NONBLOCK);
    this.#listeners.add(fd);
  }

  leave(fd: number): void {
    this.#listeners.delete(fd);
  }

  *tell(sys: Sys, event: LibvirtEvent): Blocking<void> {
    for (const fd of this.#listeners) {
      try {
        yield* sys.write(fd, encode(`${JSON.stringify(event)}\n`));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        this.#listeners.delete(fd);
      }
    }
  }

  *domain(sys: Sys, name: string, text: string, kind = "lifecycle"): Blocking<void> {
    yield* this.tell(sys, { about: "domain", kind, name, text });
  }
}
