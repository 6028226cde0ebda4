// What the kernel's requests answer (kernel/tty/virtual-consoles.ts).

export interface VtState {
  readonly active: number;
  readonly inUse: readonly number[];
}

export interface KeyboardFlags {
  readonly flags: number;
  readonly defaults: number;
}

export interface RepeatRate {
  readonly delayMs: number;
  readonly periodMs: number;
}

/** The lights and flags of a keyboard in the order of their bits. */
export const LIGHTS: readonly (readonly [name: string, bit: number])[] = [["scroll", 1], ["num", 2], ["caps", 4]];
