// Keys in, screens out: what full-screen programs of Debian 12 drew on a terminal of that size (lib/sim/transcripts/keys). A file begins with a title and
// `name: value` lines (size, install, setup, mask, same-width), then checks: what is typed (a JSON string), `resize 200x50` or `wait 2` behind ">", the
// rows behind "|", the cursor behind "@" ("!" when it is hidden: then its place does not count), reversed columns behind "~ ROW:". Where the machine
// differs (sizes, times, process numbers), a mask stands for any text, and same-width for text of that width.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createWorld } from "../sim/world/world.ts";
import { type ScreenAnswer, TerminalDriver } from "./terminal-driver.ts";

const folder = path.resolve(import.meta.dirname, "../sim/transcripts/keys");

interface Check {
  readonly inputs: string[];
  readonly rows: string[];
  cursor: string;
  readonly reverse: string[];
}

interface Recording {
  readonly head: ReadonlyMap<string, readonly string[]>;
  readonly checks: readonly Check[];
}

function parse(text: string): Recording {
  const head = new Map<string, string[]>();
  const checks: Check[] = [];
  let current: Check | undefined;
  for (const line of text.split("\n").slice(1)) {
    const [, name = "", value = ""] = /^([a-z-]+): ?(.*)$/.exec(line) ?? [];
    if (current === undefined && name !== "") head.set(name, [...(head.get(name) ?? []), value]);
    else if (line.startsWith("> ")) {
      if (!current || current.cursor !== "") checks.push((current = { inputs: [], rows: [], cursor: "", reverse: [] }));
      current.inputs.push(line.slice(2));
    } else if (line.startsWith("|")) current?.rows.push(line.slice(2));
    else if (line.startsWith("~ ")) current?.reverse.push(line.slice(2));
    else if (line.startsWith("@ ") && current) current.cursor = line.slice(2);
  }
  return { head, checks };
}

function type(driver: TerminalDriver, input: string): ScreenAnswer {
  const [, columns, rows] = /^resize (\d+)x(\d+)$/.exec(input) ?? [];
  if (columns !== undefined) return driver.resize(Number(rows), Number(columns));
  const seconds = /^wait ([\d.]+)$/.exec(input)?.[1];
  return seconds === undefined ? driver.keys(String(JSON.parse(input))) : driver.wait(Number(seconds));
}

function reversedBy({ reverse }: ScreenAnswer): string[] {
  const spans = new Map<number, string[]>();
  for (const [row, from, to] of reverse) spans.set(row, [...(spans.get(row) ?? []), `${from}-${to}`]);
  return [...spans].sort(([a], [b]) => a - b).map(([row, found]) => `${row}: ${found.join(", ")}`);
}

test.each(readdirSync(folder).filter((name) => name.endsWith(".keys")).sort())("%s", (name) => {
  const { head, checks } = parse(readFileSync(path.join(folder, name), "utf8"));
  const [columns = 80, rows = 24] = (head.get("size")?.[0] ?? "80x24").split("x").map(Number);
  const user = head.get("user")?.[0] ?? "student";
  const packages = (head.get("install")?.[0] ?? "").split(" ").filter((one) => one !== "");
  const world = createWorld({ host: "debian-12", packages, seed: 1, epochUs: 1_795_295_340_000_000, user });
  const environment = new Map([["LANG", "C.UTF-8"], ["TERM", "xterm"]]);
  const driver = new TerminalDriver(world, { rows, cols: columns, user, argv: ["bash", "-li"], environment });
  driver.start();
  for (const line of head.get("setup") ?? []) expect(driver.run(line).status).toBe(0);
  driver.keys("clear\r");
  const masks = (head.get("mask") ?? []).map((mask) => new RegExp(mask, "g"));
  const widths = (head.get("same-width") ?? []).map((mask) => new RegExp(mask, "g"));
  for (const { inputs, rows: want, cursor, reverse } of checks) {
    let shown: ScreenAnswer | undefined;
    for (const input of inputs) shown = type(driver, input);
    if (!shown) continue;
    let got = shown.screen.map((row) => row.trimEnd());
    for (const mask of masks) got = got.map((row) => row.replace(mask, "░"));
    for (const mask of widths) got = got.map((row) => row.replace(mask, (found) => "#".repeat([...found].length)));
    while (got.at(-1) === "") got.pop();
    const hidden = cursor.endsWith("!");
    const place = hidden && shown.hidden ? cursor : `${shown.cursor[0]},${shown.cursor[1]}${shown.hidden ? "!" : ""}`;
    expect({ inputs, screen: got, cursor: place, reverse: reverse.length > 0 ? reversedBy(shown) : [] }).toEqual({ inputs, screen: want, cursor, reverse });
  }
}, 60_000);
