// What questions and answers of the agent's protocol are made of.
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type Arguments = Readonly<Record<string, unknown>>;

/** An error of the protocol: its class and what it says. */
export class AgentError extends Error {
  readonly class: string;
  constructor(kind: string, message: string) {
    super(message);
    this.class = kind;
  }
}
