// debian-12-docker as it was installed some point releases ago and left alone since: sudo, OpenSSH, curl, systemd, glibc and others wait for their updates, and no package list has been fetched.
import type { PackageFile } from "../../programs/kit/package.ts";
import { olderVersion } from "../catalogue/parse.ts";
import type { HostDescription } from "../host-description.ts";
import debian12Docker from "./debian-12-docker.ts";

/** Two kernels, as a machine has that was brought up to date now and then; the metapackage asked for them. */
const kernels = ["linux-image-6.1.0-47-amd64", "linux-image-6.1.0-50-amd64"];
const metapackageVersion = "6.1.176-1";

const automatic: PackageFile = { path: "/var/lib/apt/extended_states", text: kernels.map((name) => `Package: ${name}\nArchitecture: amd64\nAuto-Installed: 1\n`).join("\n") };

const debian12Dated: HostDescription = {
  ...debian12Docker,
  name: "debian-12-dated",
  summary: "Debian 12 with Docker that has not been updated for a year",
  packages: [...kernels, ...debian12Docker.packages.filter((name) => !name.startsWith("linux-image-6"))],
  files: [...debian12Docker.files, automatic],
  versionOf: (name) => (name === "linux-image-amd64" ? metapackageVersion : name.startsWith("linux-image-6") ? undefined : olderVersion(name)),
};

export default debian12Dated;
