// virt-filesystems 1.48 (virt-filesystems(1)): file systems, partitions and disks of a machine.
import { type Blocking, encode } from "../../kernel/sys.ts";
import { withAppliance } from "../kit/guestfs/appliance.ts";
import { chosenDrives, driveOptions, readWords, resolveDrives, runTool } from "../kit/guestfs/tool.ts";
import { flag, program, text } from "../kit/program.ts";
import { formatSize, HUMAN } from "../kit/sizes.ts";

const ownOptions = [
  { names: ["-l", "--long"], help: "long" }, { names: ["-h", "--human-readable"], help: "sizes for people" }, { names: ["--all"], help: "everything" }, { names: ["--filesystems"], help: "file systems" }, { names: ["--extra"], help: "swap too" },
  { names: ["--partitions", "--parts"], help: "partitions" }, { names: ["--block-devices", "--blkdevs"], help: "disks" }, { names: ["--uuid", "--uuids"], help: "with UUIDs" }, { names: ["--no-title"], help: "no header" },
];

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) => `${row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join(" ")}\n`).join("");
}

export default program(
  {
    name: "virt-filesystems", showsHelp: true, summary: "list file systems of a virtual machine", synopsis: ["[--options] -d DOMNAME", "[--options] -a DISK.IMG"], operands: "files",
    options: [text(["-d", "--domain"], "DOMNAME", "machine that libvirt knows"), text(["-a", "--add"], "FILE", "disk image"), flag(["-l", "--long"], "with types and sizes"), flag(["-h", "--human-readable"], "sizes for people"), flag(["--all"], "everything"), flag(["--partitions"], "partitions"), flag(["--block-devices"], "disks"), flag(["--uuid"], "with UUIDs")],
  },
  function* (sys, argv) {
    return yield* runTool(sys, "virt-filesystems", true, function* work(): Blocking<number> {
      const { given } = readWords("virt-filesystems", [...driveOptions, ...ownOptions], argv.slice(1));
      const has = (name: string): boolean => given.some((one) => one.name === name);
      const choice = chosenDrives(given);
      if (choice.drives.length === 0 && choice.domain === undefined) {
        yield* sys.write(2, encode("virt-filesystems: error: you must specify at least one -a or -d option.\nTry ‘virt-filesystems --help’ for more information.\n"));
        return 1;
      }
      return yield* withAppliance(sys, yield* resolveDrives(sys, choice, true), { readOnly: true }, function* list({ sys: own, disks, fileSystems }) {
        const size = (bytes: number): string => (has("-h") ? formatSize(bytes, HUMAN) : String(bytes));
        const shown: { readonly name: string; readonly type: string; readonly vfs: string; readonly label: string; readonly mbr: string; readonly sizeBytes: number; readonly parent: string; readonly uuid: string }[] = [];
        if (has("--all") || has("--filesystems") || (!has("--partitions") && !has("--block-devices"))) for (const one of fileSystems) shown.push({ name: one.name, type: "filesystem", vfs: one.type, label: one.label ?? "-", mbr: "-", sizeBytes: one.sizeBytes, parent: "-", uuid: one.uuid ?? "-" });
        if (has("--all") || has("--partitions")) for (const one of fileSystems) if (/\d$/.test(one.name)) shown.push({ name: one.name, type: "partition", vfs: "-", label: "-", mbr: "83", sizeBytes: one.sizeBytes, parent: one.name.replace(/\d+$/, ""), uuid: "-" });
        if (has("--all") || has("--block-devices")) for (const one of disks) shown.push({ name: one.name, type: "device", vfs: "-", label: "-", mbr: "-", sizeBytes: one.sizeBytes, parent: "-", uuid: "-" });
        if (!has("-l")) {
          yield* own.write(1, encode([...new Set(shown.map((one) => one.name))].map((name) => `${name}\n`).join("")));
          return 0;
        }
        const wide = has("--all") || has("--partitions");
        const header = ["Name", "Type", "VFS", "Label", ...(wide ? ["MBR"] : []), "Size", "Parent", ...(has("--uuid") ? ["UUID"] : [])];
        const rows = shown.map((one) => [one.name, one.type, one.vfs, one.label, ...(wide ? [one.mbr] : []), size(one.sizeBytes), one.parent, ...(has("--uuid") ? [one.uuid] : [])]);
        yield* own.write(1, encode(table(has("--no-title") ? rows : [header, ...rows])));
        return 0;
      });
    });
  },
);
