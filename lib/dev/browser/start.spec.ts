// What keeps the server from starting is said in one line that names it, and the exit status is not zero.
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import Database from "better-sqlite3";

const root = path.resolve(import.meta.dirname, "../../..");
const folder = mkdtempSync(path.join(tmpdir(), "hote-start-"));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(environment: Readonly<Record<string, string>>): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, ["dist/server.mjs"], { cwd: root, encoding: "utf8", timeout: 60_000, env: { ...process.env, NODE_ENV: "production", HOTE_ROOT: root, PORT: "3949", HOTE_DATA: path.join(folder, "data"), ...environment } });
}

function expectOneLine({ status, stderr }: SpawnSyncReturns<string>, line: RegExp): void {
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(stderr).toMatch(line);
  expect(status).toBe(1);
}

test("a port that is used", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, resolve));
  const address = other.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const ended = start({ PORT: String(port) });
  other.close();
  expectOneLine(ended, new RegExp(`^hote: Port ${port} is used by another program\\. .*PORT=${port + 1} npm start$`, "m"));
});

test("a port that is none", () => expectOneLine(start({ PORT: "http" }), /^hote: PORT is http; it must be a number from 1 to 65535\.$/m));

test("a data folder that cannot be written", () => {
  const file = path.join(folder, "file");
  writeFileSync(file, "");
  expectOneLine(start({ HOTE_DATA: path.join(file, "data") }), /^hote: The data folder \S+\/file\/data cannot be written\. .*HOTE_DATA/m);
  expectOneLine(start({ HOTE_DATA: "/proc/hote/data" }), /^hote: The data folder \/proc\/hote\/data cannot be written\. .*HOTE_DATA/m);
});

test("a database newer than the program, and one that is none", () => {
  const data = path.join(folder, "newer");
  mkdirSync(data);
  const database = new Database(path.join(data, "hote.db"));
  database.exec("create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric); insert into __drizzle_migrations (hash, created_at) values ('x', 99999999999999);");
  database.close();
  expectOneLine(start({ HOTE_DATA: data }), /^hote: The database \S+ was written by a newer version of Hôte\./m);
  writeFileSync(path.join(data, "hote.db"), "no database".repeat(1_000));
  expectOneLine(start({ HOTE_DATA: data }), /^hote: The database \S+/m);
});

test("build tools that are missing", () => {
  const clone = path.join(folder, "clone");
  const tools = path.join(folder, "tools");
  mkdirSync(path.join(clone, "lib/dev"), { recursive: true });
  mkdirSync(tools);
  for (const file of ["lib/dev/start.mjs", "package.json", "package-lock.json"]) cpSync(path.join(root, file), path.join(clone, file));
  symlinkSync(process.execPath, path.join(tools, "node"));
  const ended = spawnSync(process.execPath, ["lib/dev/start.mjs"], { cwd: clone, encoding: "utf8", timeout: 60_000, env: { NODE_ENV: "production", PATH: tools } });
  expectOneLine(ended, /^hote: python3 is missing: .*apt-get install python3 make g\+\+$/m);
});
