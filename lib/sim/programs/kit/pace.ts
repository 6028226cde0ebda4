// What a long computation needs of the process that it runs in.
import type { Sys } from "../../kernel/sys.ts";

/** To pay for its steps and to give way. */
export type Pace = Pick<Sys, "charge" | "preempt">;
/** To draw random bytes, too. */
export type RandomPace = Pick<Sys, "charge" | "preempt" | "random">;
