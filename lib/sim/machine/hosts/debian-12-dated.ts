// debian-12-docker as it was installed some point releases ago and left alone since: sudo, OpenSSH, curl, systemd, glibc and others wait for their updates, and no package list has been fetched.
import { olderVersion } from "../catalogue/parse.ts";
import type { HostDescription } from "../host-description.ts";
import debian12Docker from "./debian-12-docker.ts";

const debian12Dated: HostDescription = {
  ...debian12Docker,
  name: "debian-12-dated",
  summary: "Debian 12 with Docker that has not been updated for a year",
  // the kernel is the one that runs
  versionOf: (name) => (name.startsWith("linux-") ? undefined : olderVersion(name)),
};

export default debian12Dated;
