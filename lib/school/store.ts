// The database: SQLite in the data folder (one file, WAL), or PostgreSQL when DATABASE_URL says so. Only files of lib/school import this.
// Queries are written once, with drizzle's builder for SQLite, and always awaited: on PostgreSQL the same builder calls make
// PostgreSQL's SQL. What must happen together goes through `atomically`, as a list of writes.
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { type BetterSQLite3Database, drizzle as drizzleSqlite } from "drizzle-orm/better-sqlite3";
import { migrate as migrateSqlite } from "drizzle-orm/better-sqlite3/migrator";
import { drizzle as drizzlePg } from "drizzle-orm/node-postgres";
import { migrate as migratePg } from "drizzle-orm/node-postgres/migrator";
import { Pool } from "pg";
import { isColumns, pg, sqlite } from "../../drizzle/schema/columns.ts";
import { define, type Tables } from "../../drizzle/schema/tables.ts";

type Db = BetterSQLite3Database;
/** An insert, update or delete that has been built and not yet run. */
interface Write {
  run(): unknown;
}

/** A write that must touch a row; when it does not, `otherwise` is thrown and nothing of the list happens. */
interface Must {
  readonly must: Write;
  readonly otherwise: () => Error;
}

export interface Store extends Tables {
  readonly dialect: "sqlite" | "pg";
  readonly db: Db;
  /** Runs all the writes or none. The builder gets the db that they must be built on. */
  atomically(build: (db: Db) => readonly (Write | Must)[]): Promise<void>;
  /** LISTEN/NOTIFY between servers; on SQLite there is one server and this does nothing. */
  readonly bus: { notify(channel: string, text: string): Promise<void>; listen(channel: string, hear: (text: string) => void): Promise<void> };
  close(): Promise<void>;
}

/** One clear sentence about the data folder or the database, printed by whoever starts the program. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/** Data folder: HOTE_DATA, or data/ in the project. */
function dataFolder(): string {
  return path.resolve(/* turbopackIgnore: true */ process.env["HOTE_DATA"] ?? path.join(projectFolder(), "data"));
}

/** The program's folder: the bundles live in dist/ and .next/ below it, and every command starts in it. */
function projectFolder(): string {
  return process.env["HOTE_ROOT"] ?? process.cwd();
}

/** The driver's own words, on one line: drizzle wraps them in the query. */
function reason(error: unknown): string {
  let deepest = error;
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause;
  const text = deepest instanceof Error ? deepest.message || ("code" in deepest ? String(deepest.code) : deepest.name) : String(deepest);
  return text.split("\n")[0] ?? text;
}

interface Journal {
  readonly entries: readonly { readonly when: number; readonly tag: string }[];
}

function migrationsFolder(dialect: "sqlite" | "pg"): string {
  return path.join(projectFolder(), "drizzle/migrations", dialect);
}

function newestMigration(dialect: "sqlite" | "pg"): number {
  const journal: Journal = JSON.parse(readFileSync(path.join(migrationsFolder(dialect), "meta/_journal.json"), "utf8"));
  return Math.max(0, ...journal.entries.map((entry) => entry.when));
}

function refuseNewer(newestApplied: number, dialect: "sqlite" | "pg", where: string): void {
  if (newestApplied > newestMigration(dialect)) {
    throw new StoreError(`The database ${where} was written by a newer version of Hôte. Update the program, or restore a backup made with this version.`);
  }
}

/** better-sqlite3 connections are shared between the server's bundle and Next's by this key. */
const shared: { [key: symbol]: unknown } = globalThis;
const rawKey = Symbol.for("hote.sqlite");
const poolKey = Symbol.for("hote.pg");

function isConnection(value: unknown): value is Database.Database {
  return typeof value === "object" && value !== null && "pragma" in value && "prepare" in value;
}

function isPool(value: unknown): value is Pool {
  return typeof value === "object" && value !== null && "connect" in value && "query" in value;
}

/** One folder after the other: Node's recursive mkdirSync never returns where the kernel answers ENOENT for a new folder in one that is there (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder);
}

function openFile(folder: string): Database.Database {
  try {
    makeFolder(path.resolve(folder));
    accessSync(folder, constants.W_OK | constants.R_OK);
  } catch {
    throw new StoreError(`The data folder ${folder} cannot be written. Give this user the right to write there, or set HOTE_DATA to another folder.`);
  }
  const file = path.join(folder, "hote.db");
  if (existsSync(file)) {
    try {
      accessSync(file, constants.W_OK);
    } catch {
      throw new StoreError(`The database ${file} cannot be written by this user.`);
    }
  }
  let raw: Database.Database;
  try {
    raw = new Database(file, { timeout: 5_000 });
    raw.pragma("journal_mode = WAL");
    raw.pragma("synchronous = NORMAL");
  } catch (error) {
    throw new StoreError(`The database ${file} cannot be opened: ${reason(error)}`);
  }
  return raw;
}

/** Rows that a driver says it touched. */
function changed(result: unknown, field: "changes" | "rowCount"): number {
  return typeof result === "object" && result !== null && field in result ? Number(Reflect.get(result, field)) : 0;
}

function sqliteStore(raw: Database.Database, owner: boolean): Store {
  const db = drizzleSqlite(raw);
  return {
    ...define(sqlite),
    dialect: "sqlite",
    db,
    async atomically(build) {
      raw.transaction(() => {
        for (const write of build(db)) {
          if (!("must" in write)) write.run();
          else if (changed(write.must.run(), "changes") === 0) throw write.otherwise();
        }
      }).immediate();
    },
    bus: { notify: async () => {}, listen: async () => {} },
    async close() {
      if (owner) raw.close();
    },
  };
}

/** A drizzle database on PostgreSQL seen as SQLite's: the builders have the same methods; results are awaited, never `.all()`ed. */
function isDb(db: object): db is Db {
  return "select" in db && "insert" in db && "update" in db && "delete" in db;
}

function pgStore(pool: Pool): Store {
  const columns: object = pg;
  const own = drizzlePg(pool);
  const db: object = own;
  if (!isColumns(columns) || !isDb(db)) throw new StoreError("drizzle/schema/columns.ts: PostgreSQL lacks a kind of column");
  return {
    ...define(columns),
    dialect: "pg",
    db,
    async atomically(build) {
      await own.transaction(async (tx) => {
        const inside: object = tx;
        if (!isDb(inside)) return;
        for (const write of build(inside)) {
          if (!("must" in write)) await write;
          else if (changed(await write.must, "rowCount") === 0) throw write.otherwise();
        }
      });
    },
    bus: {
      async notify(channel, text) {
        await pool.query("select pg_notify($1, $2)", [channel, text]);
      },
      async listen(channel, hear) {
        const client = await pool.connect();
        client.on("notification", (message) => hear(message.payload ?? ""));
        await client.query(`listen ${client.escapeIdentifier(channel)}`);
      },
    },
    close: () => pool.end(),
  };
}

/** Opens (and with `migrate` brings up to date) the store of `url`, or of the data folder. Tests pass their own folder. */
export async function openStore(options: { readonly folder?: string; readonly url?: string; readonly migrate?: boolean } = {}): Promise<Store> {
  const { url } = options;
  if (url !== undefined) {
    const pool = new Pool({ connectionString: url, max: 12 });
    try {
      const applied = await pool.query("select max(created_at) as newest from drizzle.__drizzle_migrations").catch(() => ({ rows: [] }));
      refuseNewer(Number(applied.rows[0]?.newest ?? 0), "pg", new URL(url).pathname.slice(1));
      if (options.migrate) await migrateOneAtATime(pool);
    } catch (error) {
      await pool.end();
      if (error instanceof StoreError) throw error;
      throw new StoreError(`PostgreSQL does not answer as DATABASE_URL says: ${reason(error)}`);
    }
    return pgStore(pool);
  }
  const folder = options.folder ?? dataFolder();
  const raw = openFile(folder);
  try {
    const known = raw.prepare("select count(*) as n from sqlite_master where name = '__drizzle_migrations'").pluck().get();
    if (known) refuseNewer(Number(raw.prepare("select max(created_at) from __drizzle_migrations").pluck().get() ?? 0), "sqlite", path.join(folder, "hote.db"));
    if (options.migrate) migrateSqlite(drizzleSqlite(raw), { migrationsFolder: migrationsFolder("sqlite") });
  } catch (error) {
    raw.close();
    if (error instanceof StoreError) throw error;
    throw new StoreError(`The database in ${folder} cannot be brought up to date: ${reason(error)}`);
  }
  return sqliteStore(raw, true);
}

/** Several servers may start at once on one PostgreSQL: an advisory lock lets one migrate, the others find it done. */
async function migrateOneAtATime(pool: Pool): Promise<void> {
  const client = await pool.connect();
  const lock = 7_404_663;
  try {
    await client.query("select pg_advisory_lock($1)", [lock]);
    await migratePg(drizzlePg(client), { migrationsFolder: migrationsFolder("pg") });
    await client.query("select pg_advisory_unlock($1)", [lock]);
  } finally {
    client.release();
  }
}

let current: Promise<Store> | undefined;

/** The program's store: one connection (or pool) a process, whichever bundle asks first. Tests set it with `useStore`. */
export function store(): Promise<Store> {
  current ??= connect();
  return current;
}

export function useStore(own: Store): void {
  current = Promise.resolve(own);
}

async function connect(): Promise<Store> {
  const url = process.env["DATABASE_URL"];
  if (url !== undefined && url !== "") {
    const known = shared[poolKey];
    const pool = isPool(known) ? known : new Pool({ connectionString: url, max: 12 });
    shared[poolKey] = pool;
    return pgStore(pool);
  }
  const known = shared[rawKey];
  const raw = isConnection(known) ? known : openFile(dataFolder());
  shared[rawKey] = raw;
  return sqliteStore(raw, false);
}


/** A hot query, prepared once a store. */
export function perStore<T>(prepare: (store: Store) => T): (store: Store) => T {
  const made = new WeakMap<Store, T>();
  return (own) => {
    const known = made.get(own);
    if (known !== undefined) return known;
    const value = prepare(own);
    made.set(own, value);
    return value;
  };
}
