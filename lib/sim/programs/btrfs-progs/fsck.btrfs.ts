import { flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "fsck.btrfs", path: "/sbin/fsck.btrfs", manSection: 8, project: "btrfs-progs", version: "6.2", tryLine: () => "", summary: "do nothing, successfully", synopsis: ["[-aApy] [DEVICE]"], options: { auto: flag(["-a", "-A", "-p", "-y"], "say nothing"), force: flag(["-f"], "taken") }, operands: "files",
  *run({ options }, io) {
    if (!options.auto) io.out.put("If you wish to check the consistency of a BTRFS filesystem or\nrepair a damaged filesystem, see btrfs(8) subcommand 'check'.\n");
    return 0;
  },
});
