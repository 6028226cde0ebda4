// The kill ring: the last killed texts, newest last; Ctrl-Y inserts the one at the pointer, Alt-Y turns the pointer back.

const MAX_KILLS = 10;

export class KillRing {
  readonly #kills: string[] = [];
  #pointer = -1;

  /** A kill that follows a kill is joined to it: forward kills behind it, backward ones before it. */
  kill(text: string, joined: false | "append" | "prepend"): void {
    if (joined && this.#kills.length > 0) {
      const last = this.#kills.length - 1;
      const old = this.#kills[last] ?? "";
      this.#kills[last] = joined === "append" ? old + text : text + old;
    } else {
      this.#kills.push(text);
      if (this.#kills.length > MAX_KILLS) this.#kills.shift();
    }
    this.#pointer = this.#kills.length - 1;
  }

  current(): string | undefined {
    return this.#kills[this.#pointer];
  }

  rotate(): string | undefined {
    if (this.#kills.length === 0) return undefined;
    this.#pointer = this.#pointer <= 0 ? this.#kills.length - 1 : this.#pointer - 1;
    return this.current();
  }
}
