// misc_conv(3): PAM speaks on the terminal. Questions without echo, errors on standard error, the rest on standard output.
import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { translated } from "../kit/messages/translate.ts";
import { type Answer, askPassword, type PromptOptions } from "../login/_password-prompt.ts";
import type { Conversation } from "./_transaction.ts";

export class TerminalConversation implements Conversation {
  readonly #sys: Sys;
  readonly #program: string;
  readonly #options: PromptOptions;
  /** how the last question ended */
  last: Answer["kind"] = "text";
  asked = 0;

  constructor(sys: Sys, program: string, options: PromptOptions = {}) {
    this.#sys = sys;
    this.#program = program;
    this.#options = options;
  }

  *ask(prompt: string): Blocking<string | undefined> {
    this.asked++;
    const answer = yield* askPassword(this.#sys, translated(this.#sys, this.#program, prompt), { ...this.#options, useStandardInput: !isTerminal(this.#sys) });
    this.last = answer.kind;
    return answer.kind === "text" ? answer.text : undefined;
  }

  *tell(text: string, kind: "error" | "info"): Blocking<void> {
    yield* this.#sys.write(kind === "error" ? 2 : 1, encode(`${translated(this.#sys, this.#program, text)}\n`));
  }
}

function isTerminal(sys: Sys): boolean {
  try {
    return sys.isatty(0);
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
