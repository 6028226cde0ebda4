import { encode, SysError } from "../../kernel/sys.ts";
import { newUuid, openBlockTarget, uuidBytes } from "../kit/block-target.ts";
import { flag, gnu, type Io, text, unsimulated } from "../kit/gnu.ts";
import { readFacts, summed, superblockOf, VERSION } from "./_xfs.ts";

export default gnu({
  name: "xfs_admin", path: "/usr/sbin/xfs_admin", manSection: 8, project: "xfsprogs", version: VERSION, tryLine: () => "", summary: "change the label, UUID or features of an XFS file system", synopsis: ["[-lu] [-L LABEL] [-U UUID] DEVICE"], operands: "files", usageStatus: 2,
  options: { showLabel: flag(["-l"], "print the label"), showUuid: flag(["-u"], "print the UUID"), label: text(["-L"], "LABEL", "set the label; -- removes it"), uuid: text(["-U"], "UUID", "set the UUID; generate makes one"), version: flag(["-V"], "print the version"), features: unsimulated(["-O"], "FEATURES", "features stay as they were made"), lazy: text(["-c"], "0|1", "taken") },
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put(`xfs_admin version ${VERSION}\n`);
      return 0;
    }
    const [path] = operands;
    if (path === undefined || operands.length > 1) {
      yield* io.stderr("Usage: xfs_admin [-efjlpuV] [-c 0|1] [-L label] [-O v5_feature] [-r rtdev] [-U uuid] device [logdev]\n");
      return 2;
    }
    const writes = options.label !== undefined || options.uuid !== undefined;
    try {
      const { fd } = yield* openBlockTarget(sys, path, writes);
      const bytes = yield* superblockOf(sys, fd);
      const facts = readFacts(bytes);
      if (!facts) {
        yield* io.stderr(`xfs_admin: ${path} is not a valid XFS filesystem (unexpected SB magic number 0x00000000)\n`);
        return 1;
      }
      if (options.label !== undefined) {
        const label = options.label === "--" ? "" : options.label;
        io.out.put("writing all SBs\n");
        if (label.length > 12) io.out.put(`xfs_admin: truncating label length from ${label.length} to 12\n`);
        bytes.fill(0, 108, 120);
        bytes.set(encode(label).subarray(0, 12), 108);
        io.out.put(`new label = "${label.slice(0, 12)}"\n`);
      }
      if (options.uuid !== undefined) {
        const uuid = options.uuid === "generate" ? newUuid(sys) : options.uuid;
        if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) {
          yield* io.stderr("invalid UUID\n");
          return 1;
        }
        bytes.set(uuidBytes(uuid), 32);
        io.out.put(`Clearing log and setting UUID\nwriting all SBs\nnew UUID = ${uuid}\n`);
      }
      if (writes) yield* sys.pwrite(fd, summed(bytes), 0);
      sys.close(fd);
      const now = readFacts(bytes) ?? facts;
      if (options.showLabel) io.out.put(`label = "${now.label}"\n`);
      if (options.showUuid) io.out.put(`UUID = ${now.uuid}\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(error.errno === "EBUSY" ? `xfs_admin: ${path} contains a mounted filesystem\n\nfatal error -- couldn't initialize XFS library\n` : `${path}: ${error.message}\n\nfatal error -- couldn't initialize XFS library\n`);
      return 1;
    }
  },
});
