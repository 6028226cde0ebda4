// What the machine tells completion about its programs: their declarations and their live objects (containers, images, domains). The
// shell cannot import programs, so it is injected with makeLineEditing.

import type { Blocking, Sys } from "../../kernel/sys.ts";

/** The part of a command's declaration that completion reads (lib/sim/programs/kit/command.ts gives more). */
interface CompletableOption {
  readonly names: readonly string[];
  readonly argument: string | undefined;
  readonly argumentOptional: boolean;
  readonly values?: readonly string[];
}

export interface CompletableCommand {
  readonly name: string;
  readonly options: readonly CompletableOption[];
  readonly subcommands?: readonly CompletableCommand[];
  readonly operands?: "files" | "directories" | "commands" | "users" | "groups" | "hosts" | "services" | "packages" | "signals" | "pids" | "none";
}

export interface CompletionProviders {
  /** The declaration of the command that this word runs, when its program is known. */
  declaration(command: string): CompletableCommand | undefined;
  /**
   * Candidates for the last of `words` (words[0] is the command), from what the machine knows. Undefined when this command is none of
   * its: completion then goes by the declaration.
   */
  candidates(sys: Sys, words: readonly string[]): Blocking<readonly string[] | undefined>;
}

export const NO_PROVIDERS: CompletionProviders = {
  declaration: () => undefined,
  *candidates() {
    return undefined;
  },
};
