import { flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "fsck.xfs", path: "/sbin/fsck.xfs", manSection: 8, project: "xfsprogs", version: "6.1.0", tryLine: () => "", summary: "do nothing, successfully", synopsis: ["[DEVICE]"], options: { auto: flag(["-a", "-A", "-p", "-y"], "say nothing"), force: flag(["-f"], "taken") }, operands: "files",
  *run({ options }, io) {
    if (!options.auto) io.out.put(`If you wish to check the consistency of an XFS filesystem or\nrepair a damaged filesystem, see xfs_repair(8).\n`);
    return 0;
  },
});
