// What a host starts with: lib/sim/machine/hosts/NAME.ts. The world makes the machine from it; two worlds of one description share its root file system.
import type { PackageFile } from "../programs/kit/package.ts";
import type { Hardware } from "./hardware.ts";
import type { RootFile } from "./rootfs/frozen-root.ts";

export interface HostUser {
  readonly name: string;
  readonly uid: number;
  /** in clear: the simulation's own secret, printed in the lab's instructions */
  readonly password: string;
  readonly gecos?: string;
  /** supplementary groups; they must exist once the packages are installed */
  readonly groups: readonly string[];
  /** permission bits of the home directory */
  readonly homeMode?: number;
}

export interface HostDescription {
  readonly name: string;
  readonly summary: string;
  readonly hostname: string;
  readonly hardware: Hardware;
  /** names; what they depend on comes along */
  readonly packages: readonly string[];
  /** Of a host that was not brought up to date: the version in which a package is installed (one that the mirror has); undefined for that of the recorded hosts. Such a host has fetched no package lists. */
  readonly versionOf?: (name: string) => string | undefined;
  readonly users: readonly HostUser[];
  /** last word over every other file of the root file system */
  readonly files: readonly PackageFile[];
  /** more of the root file system, worked out when the image is made: container images that are there from the start */
  readonly data?: () => readonly RootFile[];
  /** units enabled beside those that their packages enable */
  readonly enabledUnits?: readonly string[];
}
