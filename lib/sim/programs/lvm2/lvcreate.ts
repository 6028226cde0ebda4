import { O, SysError } from "../../kernel/sys.ts";
import { probeQuietly } from "../kit/probe-device.ts";
import { flag, gnu, text, unsimulated } from "../kit/gnu.ts";
import { allocate, fail, freeExtents, guarded, LVM, mapperName, newId, parseSize, sizeText, totalExtents, tryLine, VERSION_TEXT } from "./_lvm.ts";

export default gnu({
  name: "lvcreate", path: "/sbin/lvcreate", ...LVM, versionText: VERSION_TEXT, tryLine, summary: "create a logical volume", synopsis: ["-L Size [-n Name] VG [PV]...", "-l Number|N%FREE|N%VG [-n Name] VG [PV]..."], operands: "none",
  description: ["Linear volumes are simulated. Snapshots, thin pools, stripes, mirrors, RAID and caches are refused: the simulated device mapper knows linear tables only."],
  options: {
    size: text(["-L", "--size"], "Size", "size, M unless it says otherwise"), extents: text(["-l", "--extents"], "Number", "size in extents, or N%FREE, N%VG"), lvName: text(["-n", "--name"], "String", "its name, else lvol0, lvol1..."), yes: flag(["-y", "--yes"], "answer yes to all questions"), wipe: text(["-W", "--wipesignatures"], "y|n", "wipe signatures found on it"), zero: text(["-Z", "--zero"], "y|n", "zero its beginning"), type: text(["--type"], "linear", "linear only"),
    snapshot: unsimulated(["-s", "--snapshot"], "create a snapshot", "copy-on-write tables are not simulated: copy the volume"), thin: unsimulated(["-T", "--thin", "--thinpool"], "create thin pools and volumes", "thin tables are not simulated"), virtual: unsimulated(["-V", "--virtualsize"], "size of a thin volume", "thin tables are not simulated"), stripes: unsimulated(["-i", "--stripes"], "stripe over physical volumes", "volumes are linear here"), mirrors: unsimulated(["-m", "--mirrors"], "keep mirrors", "volumes are linear here"),
  },
  *run({ options, operands, sys }, io) {
    return yield* guarded(sys, io, function* (lvm) {
      const [name, ...devices] = operands;
      if (options.type !== undefined && options.type !== "linear") {
        sys.observe({ kind: "unsimulated", command: "lvcreate", detail: `--type ${options.type}` });
        fail(`--type ${options.type} is not simulated here: volumes are linear.`);
      }
      if (options.size === undefined && options.extents === undefined) fail("Please specify either size or extents.");
      if (name === undefined) fail("Please provide a volume group name");
      const group = yield* lvm.group(name ?? "");
      let number = 0;
      while (group.lvs.some((one) => one.name === `lvol${number}`)) number++;
      const lvName = (options.lvName ?? `lvol${number}`).replace(/^.*\//, "");
      if (!/^[A-Za-z0-9_+.][A-Za-z0-9_+.-]*$/.test(lvName)) fail(`Logical volume name "${lvName}" is invalid.`);
      if (group.lvs.some((one) => one.name === lvName)) fail(`Logical Volume "${lvName}" already exists in volume group "${group.name}"`);
      let extents: number;
      if (options.size !== undefined) {
        const size = parseSize(options.size) ?? fail(`Invalid argument for --size: ${options.size}\nError during parsing of command line.`);
        extents = Math.ceil(size.sectors / group.extentSize);
        if (size.sectors % group.extentSize !== 0) lvm.say(`Rounding up size to full physical extent ${sizeText(extents * group.extentSize)}`);
      } else {
        const match = /^(\d+)(?:%(FREE|VG|PVS))?$/i.exec(options.extents ?? "");
        if (!match) fail(`Invalid argument for --extents: ${options.extents}\nError during parsing of command line.`);
        const count = Number(match?.[1]);
        extents = match?.[2] === undefined ? count : Math.floor(((match[2].toUpperCase() === "VG" ? totalExtents(group) : freeExtents(group)) * count) / 100);
      }
      if (extents === 0) fail("Unable to create new logical volume with no extents.");
      if (extents > freeExtents(group)) fail(`Volume group "${group.name}" has insufficient free space (${freeExtents(group)} extents): ${extents} required.`);
      const segments = allocate(group, extents, 0, devices);
      if (segments.length === 0) fail(`Insufficient suitable allocatable extents for logical volume ${lvName}: ${extents} more required`);
      const volume = { name: lvName, id: newId(sys), creationTime: Math.floor(sys.clockUs("realtime") / 1e6), creationHost: sys.uname().nodename, segments };
      group.lvs.push(volume);
      yield* lvm.store(group, `lvcreate ${operands.join(" ")}`);
      yield* lvm.activate(group, volume);
      const path = `/dev/mapper/${mapperName(group.name, lvName)}`;
      const found = yield* probeQuietly(sys, path);
      if (found.type !== undefined && options.wipe !== "n") {
        if (yield* lvm.ask(`WARNING: ${found.type} signature detected on /dev/${group.name}/${lvName} at offset ${found.type === "swap" ? 4086 : 1080}. Wipe it? [y/n]: `, options.yes)) lvm.say(`Wiping ${found.type} signature on /dev/${group.name}/${lvName}.`);
        else yield* lvm.warn(`Aborted wiping of ${found.type}.\n  1 existing signature left on the device.`);
      }
      try {
        const fd = yield* sys.open(path, O.WRONLY);
        yield* sys.pwrite(fd, new Uint8Array(4096), 0);
        sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      lvm.say(`Logical volume "${lvName}" created.`);
      return 0;
    });
  },
});
