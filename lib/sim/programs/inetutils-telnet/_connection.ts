// The TELNET protocol (RFC 854) on a connection: data without its commands, answers to options, what the user's bytes become.

export const IAC = 255;
export const COMMANDS = { eof: 236, susp: 237, abort: 238, eor: 239, nop: 241, synch: 242, brk: 243, ip: 244, ao: 245, ayt: 246, ec: 247, el: 248, ga: 249 } as const;
const [SE, SB, WILL, WONT, DO, DONT] = [240, 250, 251, 252, 253, 254];
const OPTIONS = { echo: 1, goAhead: 3, timingMark: 6 } as const;

type State = { readonly kind: "data" } | { readonly kind: "iac" } | { readonly kind: "option"; readonly verb: number } | { readonly kind: "sub" } | { readonly kind: "sub-iac" };

export class TelnetStream {
  #state: State = { kind: "data" };
  /** the other side echoes, and takes each key at once */
  remoteEcho = false;
  #goAheadOff = false;
  #lastWasReturn = false;

  /** Neither asked for a key at a time: lines are edited here. */
  get byLine(): boolean {
    return !(this.remoteEcho || this.#goAheadOff);
  }

  /** What to show, and what to answer. */
  received(bytes: Uint8Array): { readonly shown: Uint8Array; readonly answer: Uint8Array } {
    const shown: number[] = [];
    const answer: number[] = [];
    for (const byte of bytes) {
      const state = this.#state;
      if (state.kind === "data") {
        if (byte === IAC) this.#state = { kind: "iac" };
        // a return with a NUL is a return (RFC 854)
        else if (!(byte === 0 && this.#lastWasReturn)) shown.push(byte);
        this.#lastWasReturn = byte === 13;
      } else if (state.kind === "iac") {
        if (byte === IAC) shown.push(byte);
        this.#state = byte === SB ? { kind: "sub" } : byte >= WILL ? (byte === IAC ? { kind: "data" } : { kind: "option", verb: byte }) : { kind: "data" };
      } else if (state.kind === "option") {
        answer.push(...this.#negotiate(state.verb, byte));
        this.#state = { kind: "data" };
      } else if (state.kind === "sub") {
        if (byte === IAC) this.#state = { kind: "sub-iac" };
      } else this.#state = byte === SE ? { kind: "data" } : { kind: "sub" };
    }
    return { shown: Uint8Array.from(shown), answer: Uint8Array.from(answer) };
  }

  #negotiate(verb: number, option: number): readonly number[] {
    if (verb === DO) return [IAC, option === OPTIONS.timingMark || option === OPTIONS.goAhead ? WILL : WONT, option];
    if (verb === DONT || verb === WONT) {
      if (verb === WONT && option === OPTIONS.echo && this.remoteEcho) {
        this.remoteEcho = false;
        return [IAC, DONT, option];
      }
      return [];
    }
    if (option === OPTIONS.echo) {
      if (this.remoteEcho) return [];
      this.remoteEcho = true;
      return [IAC, DO, option];
    }
    if (option === OPTIONS.goAhead) {
      if (this.#goAheadOff) return [];
      this.#goAheadOff = true;
      return [IAC, DO, option];
    }
    return [IAC, DONT, option];
  }

  /** Typed bytes for the wire: an end of line is CR LF, from a key at a time CR NUL. */
  sent(bytes: Uint8Array): Uint8Array {
    const wire: number[] = [];
    for (const byte of bytes) {
      if (byte === IAC) wire.push(IAC, IAC);
      else if (byte === 10 && this.byLine) wire.push(13, 10);
      else if (byte === 13) wire.push(13, 0);
      else wire.push(byte);
    }
    return Uint8Array.from(wire);
  }
}

/** ^C where keys have their local meaning: interrupt the process, and tell where its output ends. */
export const INTERRUPT = Uint8Array.from([IAC, COMMANDS.ip, IAC, DO, OPTIONS.timingMark]);
export const LOGOUT = Uint8Array.from([IAC, DO, 18]);
