// /boot/initrd.img as the installer left it: what mkinitramfs makes with MODULES=most.
import { encodeExecutable } from "../../kernel/executable.ts";
import { encode, S } from "../../kernel/sys.ts";
import { Contents } from "../../kernel/vfs/contents.ts";
import { type CpioEntry, encodeEntry, encodeTrailer, entryBytes } from "../../programs/kit/cpio-archive.ts";
import { COPIED, type ModuleFact, selectModules, skeleton, withDirectories } from "../../programs/initramfs-tools-core/_selection.ts";
import type { RootFile } from "./frozen-root.ts";

const nameOf = (place: string): string => (place.split("/").at(-1) ?? "").replace(/\.ko$/, "").replaceAll("-", "_");

function modulesIn(table: string): readonly ModuleFact[] {
  return table.split("\n").filter((line) => line !== "").map((line) => {
    const [place = "", needs = ""] = line.split(":");
    return { name: nameOf(place), place: place.slice("kernel/".length), needs: needs.split(" ").filter((one) => one !== "").map(nameOf) };
  });
}

/** `files`: of the packages, by path. Undefined without that kernel. */
export function initrdFile(release: string, files: ReadonlyMap<string, RootFile>, builtUs: number): RootFile | undefined {
  const base = `/lib/modules/${release}`;
  const table = files.get(`${base}/modules.dep`)?.text ?? files.get(`/usr${base}/modules.dep`)?.text;
  if (table === undefined) return undefined;
  const chosen = selectModules(modulesIn(table), "most", ["ext4"]);
  const seconds = Math.floor(builtUs / 1e6);
  const entries: (CpioEntry & { readonly load?: () => Uint8Array; readonly sizeBytes: number })[] = [];
  const settings = files.get("/etc/initramfs-tools/initramfs.conf")?.text ?? "MODULES=most\n";
  for (const entry of skeleton(settings, [], seconds)) entries.push({ ...entry, sizeBytes: entry.bytes.length });
  const none = new Uint8Array(0);
  const file = (name: string, mode: number, sizeBytes: number, load: () => Uint8Array): void => {
    entries.push({ name, mode: S.IFREG | mode, mtimeSeconds: seconds, nlink: 1, bytes: none, sizeBytes, load });
  };
  for (const [from, to] of COPIED) {
    const executable = files.get(from)?.executable;
    if (executable === undefined) continue;
    const head = encodeExecutable(executable);
    file(to, 0o755, Math.max(head.length, executable.sizeBytes), () => head);
  }
  for (const module of chosen) {
    const text = files.get(`${base}/kernel/${module.place}`)?.text ?? files.get(`/usr${base}/kernel/${module.place}`)?.text;
    if (text !== undefined) file(`usr${base}/kernel/${module.place}`, 0o644, text.length, () => encode(text));
  }
  const kept = new Set(chosen.map((module) => module.name));
  const rows = table.split("\n").filter((line) => kept.has(nameOf(line.split(":")[0] ?? ""))).map((line) => `${line}\n`).join("");
  file(`usr${base}/modules.dep`, 0o644, rows.length, () => encode(rows));
  const sizes = new Map(entries.map((entry) => [entry.name, entry]));
  return {
    path: `/boot/initrd.img-${release}`,
    sparse: () => {
      const contents = new Contents();
      let at = 0;
      withDirectories(entries, seconds).forEach((entry, number) => {
        const source = sizes.get(entry.name);
        const sizeBytes = source?.sizeBytes ?? 0;
        // what is behind the head of a program is a hole
        contents.write(at, encodeEntry({ ...entry, bytes: source?.load?.() ?? entry.bytes }, number, sizeBytes));
        at += entryBytes(entry.name, sizeBytes);
      });
      contents.write(at, encodeTrailer());
      return contents;
    },
  };
}
