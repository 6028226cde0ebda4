// virt-df 1.48 (virt-df(1)): room in the file systems of a machine, of all that libvirt knows without a choice.
import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import { LibvirtClient, rows, textAt } from "../../daemons/libvirt/api.ts";
import { type Drive, drivesOfDomain, withAppliance } from "../kit/guestfs/appliance.ts";
import { chosenDrives, driveOptions, readWords, runTool } from "../kit/guestfs/tool.ts";
import { flag, program, text } from "../kit/program.ts";
import { formatSize, HUMAN } from "../kit/sizes.ts";

const own = [{ names: ["-h", "--human-readable"], help: "sizes for people" }, { names: ["-i", "--inodes"], help: "inodes" }, { names: ["--csv"], help: "comma separated" }, { names: ["--uuid"], help: "with UUIDs" }];

function* machines(sys: Sys): Blocking<readonly string[]> {
  const client = yield* LibvirtClient.connect(sys, true);
  try {
    return rows(yield* client.call("listDomains")).map((one) => textAt(one, "name"));
  } finally {
    client.close();
  }
}

function* usage(sys: Sys, name: string, drives: readonly Drive[], human: boolean, inodes: boolean): Blocking<string> {
  return yield* withAppliance(sys, drives, { readOnly: true }, function* look(appliance) {
    let lines = "";
    for (const one of appliance.fileSystems) {
      if (!/^(?:ext[234]|xfs|btrfs)$/.test(one.type)) continue;
      const stat = yield* appliance.inside(one, function* statfs(guest) { return guest.statfs("/"); });
      const [all, free, available] = inodes ? [stat.files, stat.filesFree, stat.filesFree] : [stat.blocks * stat.blockSizeBytes, stat.blocksFree * stat.blockSizeBytes, stat.blocksAvailable * stat.blockSizeBytes];
      const used = all - free;
      const shown = (value: number): string => (inodes ? String(value) : human ? formatSize(value, HUMAN) : String(Math.ceil(value / 1024)));
      const share = `${Math.ceil((100 * used) / Math.max(1, used + available))}%`;
      const label = `${name}:${one.name}`;
      const head = label.length > 36 ? `${label}\n${" ".repeat(36)}` : label.padEnd(36);
      lines += `${head} ${shown(all).padStart(10)} ${shown(used).padStart(10)} ${shown(available).padStart(10)} ${share.padStart(5)}\n`;
    }
    return lines;
  });
}

export default program(
  {
    name: "virt-df", showsHelp: true, summary: "show room in the disks of virtual machines", synopsis: ["[--options]", "[--options] -d DOMNAME", "[--options] -a DISK.IMG"], operands: "files",
    options: [text(["-d", "--domain"], "DOMNAME", "machine that libvirt knows"), text(["-a", "--add"], "FILE", "disk image"), flag(["-h", "--human-readable"], "sizes for people"), flag(["-i", "--inodes"], "inodes instead of blocks")],
  },
  function* (sys, argv) {
    return yield* runTool(sys, "virt-df", true, function* work(): Blocking<number> {
      const { given } = readWords("virt-df", [...driveOptions, ...own], argv.slice(1));
      const has = (name: string): boolean => given.some((one) => one.name === name);
      const choice = chosenDrives(given);
      const [human, inodes] = [has("-h"), has("-i")];
      const columns = inodes ? ["Inodes", "IUsed", "IFree", "IUse%"] : [human ? "Size" : "1K-blocks", "Used", "Available", "Use%"];
      yield* sys.write(1, encode(`${"Filesystem".padEnd(36)} ${columns.map((word, at) => word.padStart(at === 3 ? 5 : 10)).join(" ")}\n`));
      if (choice.drives.length > 0) {
        const [first] = choice.drives;
        yield* sys.write(1, encode(yield* usage(sys, first?.path.slice(first.path.lastIndexOf("/") + 1) ?? "", choice.drives, human, inodes)));
        return 0;
      }
      for (const name of choice.domain === undefined ? yield* machines(sys) : [choice.domain]) yield* sys.write(1, encode(yield* usage(sys, name, yield* drivesOfDomain(sys, name, true), human, inodes)));
      return 0;
    });
  },
);
