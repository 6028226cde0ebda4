import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encode } from "../bytes.ts";
import { S } from "../sys.ts";
import { Contents, LazyBytes } from "./contents.ts";
import type { StorageHost } from "./file-system.ts";
import { MemoryFileSystem } from "./memory-file-system.ts";

function hostWithClock(): StorageHost & { time: number } {
  return { time: 1, nowUs() { return this.time++; }, chargeStorage: () => undefined };
}

describe("sparse contents", () => {
  const LIMIT = 40_000;
  const piece = fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 30 }), fc.integer({ min: 4096, max: 9000 }).map((length) => new Uint8Array(length)), fc.integer({ min: 1, max: 9000 }).map((length) => new Uint8Array(length).fill(7)));
  const position = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: LIMIT - 9000 }), fc.constantFrom(0, 4096, 8192, 12288));
  const operation = fc.oneof(
    fc.record({ op: fc.constant("write" as const), position, bytes: piece }),
    fc.record({ op: fc.constant("truncate" as const), position }),
    fc.record({ op: fc.constantFrom("allocate" as const, "keep-size" as const, "punch-hole" as const, "zero-range" as const), position, length: fc.integer({ min: 1, max: 9000 }) }),
    fc.record({ op: fc.constantFrom("fork" as const, "share" as const) }),
    fc.record({ op: fc.constant("read" as const), position, length: fc.integer({ min: 0, max: 10_000 }) }),
  );

  test("read as a plain array does; copies do not see each other's writes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 50 }), fc.array(operation, { maxLength: 40 }), (start, operations) => {
      let contents = Contents.of(new LazyBytes(start.length, () => start));
      let model = { bytes: new Uint8Array(LIMIT * 2), size: start.length };
      model.bytes.set(start);
      const frozen: { contents: Contents; bytes: Uint8Array }[] = [];
      for (const one of operations) {
        if (one.op === "write") {
          contents.write(one.position, one.bytes);
          model.bytes.set(one.bytes, one.position);
          model.size = Math.max(model.size, one.position + one.bytes.length);
        } else if (one.op === "truncate") {
          contents.truncate(one.position);
          model.bytes.fill(0, one.position);
          model.size = one.position;
        } else if (!("position" in one)) {
          frozen.push({ contents, bytes: model.bytes.slice(0, model.size) });
          contents = one.op === "fork" ? contents.fork() : contents.share();
          model = { bytes: model.bytes.slice(), size: model.size };
        } else if (one.op === "read") {
          expect(Array.from(contents.read(one.position, one.length))).toEqual(Array.from(model.bytes.subarray(one.position, Math.max(one.position, Math.min(model.size, one.position + one.length)))));
        } else {
          contents.allocate(one.position, one.length, one.op);
          if (one.op === "punch-hole" || one.op === "zero-range") model.bytes.fill(0, one.position, one.position + one.length);
          if (one.op === "allocate" || one.op === "zero-range") model.size = Math.max(model.size, one.position + one.length);
        }
        expect(contents.sizeBytes).toBe(model.size);
        expect(Buffer.compare(contents.read(0, LIMIT * 2), model.bytes.subarray(0, model.size))).toBe(0);
        // Data and holes cover the file, and what is a hole reads as zeros.
        for (let at = 0; at < model.size; ) {
          const data = contents.seek(at, "data") ?? model.size;
          expect(model.bytes.subarray(at, data).every((byte) => byte === 0)).toBe(true);
          at = data < model.size ? (contents.seek(data, "hole") ?? model.size) : model.size;
        }
      }
      for (const old of frozen) expect(Buffer.compare(old.contents.read(0, LIMIT * 2), old.bytes)).toBe(0);
    }), { numRuns: 300 });
  });

  test("large files cost little", () => {
    const contents = new Contents();
    contents.truncate(20 * 2 ** 30);
    expect([contents.sizeBytes, contents.allocatedBytes]).toEqual([20 * 2 ** 30, 0]);
    contents.allocate(0, 20 * 2 ** 30, "allocate");
    expect(contents.allocatedBytes).toBe(20 * 2 ** 30);
    contents.write(5 * 2 ** 30, encode("x"));
    expect([contents.ownedBytes, contents.seek(0, "data"), contents.seek(5 * 2 ** 30, "hole")]).toEqual([1, 5 * 2 ** 30, 5 * 2 ** 30 + 4096]);
    for (let i = 0; i < 300; i++) contents.write(i * 2 ** 20, new Uint8Array(2 ** 20));
    expect(contents.ownedBytes).toBeLessThan(4096);
  });
});

// ---- the tree against a model ------------------------------------------------------------------------------------------------------

interface ModelNode {
  kind: "file" | "directory";
  mode: number;
  text: string;
  nlink: number;
  names: Map<string, ModelNode>;
}

function modelDump(node: ModelNode): unknown {
  if (node.kind === "file") return [node.mode, node.text, node.nlink];
  return [node.mode, [...node.names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, child]) => [name, modelDump(child)])];
}

function realDump(fs: MemoryFileSystem, node = fs.root): unknown {
  const facts = fs.facts(node);
  if ((facts.mode & S.IFMT) === S.IFREG) return [facts.mode & 0o7777, Buffer.from(fs.read(node, 0, 1000)).toString(), facts.nlink];
  const entries = fs.entries(node);
  expect(facts.nlink).toBe(2 + entries.filter((entry) => entry.type === S.IFDIR).length);
  return [facts.mode & 0o7777, [...entries].sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ name }) => {
    const child = fs.lookup(node, name);
    return [name, realDump(fs, child)];
  })];
}

describe("memory file system", () => {
  const name = fc.constantFrom(...Array.from({ length: 16 }, (_, index) => `n${index}`));
  const slot = fc.nat({ max: 5 });
  const operation = fc.oneof(
    fc.record({ op: fc.constant("create" as const), slot, name, directory: fc.boolean() }),
    fc.record({ op: fc.constant("remove" as const), slot, name }),
    fc.record({ op: fc.constant("write" as const), slot, name, text: fc.string({ unit: "grapheme-ascii", maxLength: 8 }) }),
    fc.record({ op: fc.constant("chmod" as const), slot, name, mode: fc.integer({ min: 0, max: 0o777 }) }),
    fc.record({ op: fc.constantFrom("rename" as const, "link" as const, "exchange" as const), slot, name, slot2: slot, name2: name }),
    fc.record({ op: fc.constantFrom("snapshot" as const, "revert" as const) }),
  );

  test("does what a simple tree does, and snapshots come back exactly", () => {
    fc.assert(fc.property(fc.array(operation, { maxLength: 80 }), (operations) => {
      const fs = new MemoryFileSystem({ type: "ext4", device: 1, host: hostWithClock() });
      let model: ModelNode = { kind: "directory", mode: 0o755, text: "", nlink: 2, names: new Map() };
      // Directories that operations work in, by slot: the real handle and the model's node.
      const places = (): { node: number; model: ModelNode }[] => {
        const list: { node: number; model: ModelNode }[] = [];
        const visit = (node: number, at: ModelNode): void => {
          list.push({ node, model: at });
          for (const [child, childModel] of [...at.names].sort(([a], [b]) => (a < b ? -1 : 1))) if (childModel.kind === "directory") visit(fs.lookup(node, child), childModel);
        };
        visit(fs.root, model);
        return list;
      };
      const copyModel = (node: ModelNode, seen = new Map<ModelNode, ModelNode>()): ModelNode => {
        const known = seen.get(node);
        if (known !== undefined) return known;
        const copy: ModelNode = { ...node, names: new Map() };
        seen.set(node, copy);
        for (const [key, child] of node.names) copy.names.set(key, copyModel(child, seen));
        return copy;
      };
      const contains = (ancestor: ModelNode, node: ModelNode): boolean => ancestor === node || [...ancestor.names.values()].some((child) => contains(child, node));
      const snapshots: { layer: ReturnType<MemoryFileSystem["snapshot"]>; model: ModelNode; dump: unknown }[] = [];
      const counts: number[] = [];
      for (const one of operations) {
        const all = places();
        if (!("slot" in one) && one.op === "snapshot") {
          snapshots.push({ layer: fs.snapshot(), model: copyModel(model), dump: realDump(fs) });
          counts.push(fs.statfs().files);
          continue;
        }
        if (!("slot" in one)) {
          const last = snapshots[snapshots.length - 1];
          if (last !== undefined) {
            fs.revert(last.layer);
            model = copyModel(last.model);
          }
          expect(realDump(fs)).toEqual(modelDump(model));
          continue;
        }
        const at = all[one.slot % all.length];
        if (at === undefined) continue;
        const existing = at.model.names.get(one.name);
        const real = fs.lookup(at.node, one.name);
        expect(real !== 0).toBe(existing !== undefined);
        if (one.op === "create") {
          if (existing !== undefined) continue;
          fs.create(at.node, one.name, { mode: (one.directory ? S.IFDIR : S.IFREG) | 0o644, uid: 0, gid: 0 });
          at.model.names.set(one.name, { kind: one.directory ? "directory" : "file", mode: 0o644, text: "", nlink: 1, names: new Map() });
        } else if (one.op === "remove") {
          if (existing === undefined) continue;
          if (existing.kind === "file") {
            fs.unlink(at.node, one.name);
            existing.nlink--;
            at.model.names.delete(one.name);
          } else if (existing.names.size > 0) expect(() => fs.rmdir(at.node, one.name)).toThrow(expect.objectContaining({ errno: "ENOTEMPTY" }));
          else {
            fs.rmdir(at.node, one.name);
            at.model.names.delete(one.name);
          }
        } else if (one.op === "write") {
          if (existing?.kind !== "file") continue;
          fs.truncate(real, 0);
          fs.write(real, 0, encode(one.text));
          existing.text = one.text;
        } else if (one.op === "chmod") {
          if (existing === undefined) continue;
          fs.setAttributes(real, { mode: (fs.facts(real).mode & S.IFMT) | one.mode });
          existing.mode = one.mode;
        } else if ("slot2" in one) {
          const to = all[one.slot2 % all.length];
          if (to === undefined || existing === undefined) continue;
          const target = to.model.names.get(one.name2);
          if (one.op === "link") {
            if (target !== undefined || existing.kind === "directory") continue;
            fs.link(real, to.node, one.name2);
            existing.nlink++;
            to.model.names.set(one.name2, existing);
            continue;
          }
          if (contains(existing, to.model) || existing === target || (target !== undefined && contains(target, at.model))) continue;
          if (one.op === "exchange") {
            if (target === undefined) continue;
            fs.rename(at.node, one.name, to.node, one.name2, true);
            at.model.names.set(one.name, target);
            to.model.names.set(one.name2, existing);
            continue;
          }
          if (target !== undefined && (target.kind !== existing.kind || target.names.size > 0)) continue;
          fs.rename(at.node, one.name, to.node, one.name2, false);
          if (target?.kind === "file") target.nlink--;
          at.model.names.delete(one.name);
          to.model.names.set(one.name2, existing);
        }
        expect(realDump(fs)).toEqual(modelDump(model));
      }
      // Every snapshot still holds what it held, in a file system of its own.
      for (const { layer, dump } of snapshots) {
        const other = new MemoryFileSystem({ type: "ext4", device: 2, host: hostWithClock(), lower: layer });
        expect(realDump(other)).toEqual(dump);
      }
    }), { numRuns: 200 });
  });
});
