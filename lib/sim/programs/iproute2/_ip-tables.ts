// Names of routing tables (/etc/iproute2/rt_tables and rt_tables.d/*.conf), both ways.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

const DIRECTORY = "/etc/iproute2/rt_tables.d";
const KERNEL: ReadonlyMap<number, string> = new Map([[255, "local"], [254, "main"], [253, "default"]]);

/** The kernel's word for a table: local, main, default, or a number. */
const word = (number: number): string => KERNEL.get(number) ?? String(number);

export class TableNames {
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #names: ReadonlyMap<number, string>;

  constructor(pairs: readonly (readonly [number, string])[]) {
    this.#numbers = new Map(pairs.map(([number, name]) => [name, number]));
    this.#names = new Map(pairs);
  }

  static *read(sys: Sys): Blocking<TableNames> {
    let more: readonly string[] = [];
    try {
      more = sys.readdir(DIRECTORY).map((one) => one.name).filter((name) => name.endsWith(".conf")).sort();
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    const pairs: (readonly [number, string])[] = [[0, "unspec"], [253, "default"], [254, "main"], [255, "local"]];
    for (const path of ["/etc/iproute2/rt_tables", ...more.map((name) => `${DIRECTORY}/${name}`)]) {
      for (const line of ((yield* readTextFile(sys, path)) ?? "").split("\n")) {
        const [, number, name] = /^\s*(0x[\da-fA-F]+|\d+)\s+([^\s#]+)/.exec(line) ?? [];
        if (number !== undefined && name !== undefined) pairs.push([Number(number), name]);
      }
    }
    return new TableNames(pairs);
  }

  /** The kernel's word for what was typed; undefined: no table has that name. */
  table(typed: string): string | undefined {
    const number = this.#numbers.get(typed) ?? (/^(?:0[xX][\da-fA-F]+|\d+)$/.test(typed) && Number(typed) <= 0xffffffff ? Number(typed) : undefined);
    return number === undefined ? undefined : word(number);
  }

  shown(table: string): string {
    const own = /^\d+$/.test(table) ? this.#names.get(Number(table)) : undefined;
    return own ?? table;
  }
}
