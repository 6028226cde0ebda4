import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "efibootmgr", version: "17-2", section: "admin", installedSizeKiB: 87, downloadSizeBytes: 27_572, depends: "libc6 (>= 2.34), libefiboot1 (>= 37), libefivar1 (>= 37), libpopt0 (>= 1.14)",
  summary: "shows and changes the boot entries of UEFI firmware",
} satisfies DebianPackage;
