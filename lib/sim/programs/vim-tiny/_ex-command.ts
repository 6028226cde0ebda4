// What a command of the command line is.

import type { Blocking } from "../../kernel/sys.ts";
import type { Range } from "./_ex-range.ts";
import type { Vim } from "./_vim.ts";

export interface Ex {
  readonly vim: Vim;
  readonly range: Range;
  readonly bang: boolean;
  readonly argument: string;
  /** runs another line of commands as part of this one */
  readonly execute: (line: string) => Blocking<void>;
}

export interface ExCommand {
  readonly name: string;
  /** how many letters suffice */
  readonly least: number;
  /** whether lines may be given; "zero": line 0 is one */
  readonly range?: "lines" | "zero" | "any";
  readonly run: (ex: Ex) => Blocking<void>;
}
