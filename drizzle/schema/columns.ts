// The kinds of column that the tables use, once per dialect under the same names. Values are the same in both: text is string,
// instant is milliseconds since 1970 as a number, flag is boolean, bytes is a Buffer, json is a value checked by whoever reads it.
import { bigint, boolean, customType, doublePrecision, index as pgIndex, integer as pgInteger, jsonb, pgTable, primaryKey as pgPrimaryKey, text as pgText, uniqueIndex as pgUniqueIndex } from "drizzle-orm/pg-core";
import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

export const sqlite = {
  table: sqliteTable,
  id: (name: string) => text(name).primaryKey(),
  text: (name: string) => text(name),
  integer: (name: string) => integer(name),
  real: (name: string) => real(name),
  instant: (name: string) => integer(name),
  flag: (name: string) => integer(name, { mode: "boolean" }),
  bytes: (name: string) => blob(name, { mode: "buffer" }),
  json: (name: string) => text(name, { mode: "json" }).$type<unknown>(),
  index,
  uniqueIndex,
  primaryKey,
};

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const pg = {
  table: pgTable,
  id: (name: string) => pgText(name).primaryKey(),
  text: (name: string) => pgText(name),
  integer: (name: string) => pgInteger(name),
  real: (name: string) => doublePrecision(name),
  instant: (name: string) => bigint(name, { mode: "number" }),
  flag: (name: string) => boolean(name),
  bytes: (name: string) => bytea(name),
  json: (name: string) => jsonb(name).$type<unknown>(),
  index: pgIndex,
  uniqueIndex: pgUniqueIndex,
  primaryKey: pgPrimaryKey,
};

/** The tables are typed as SQLite's; PostgreSQL's are the same by name and by value. */
export type Columns = typeof sqlite;

/** Holds when `other` has every kind of column of SQLite's table; the types of its values are held by the store's tests on both. */
export function isColumns(other: object): other is Columns {
  return Object.keys(sqlite).every((name) => name in other);
}
