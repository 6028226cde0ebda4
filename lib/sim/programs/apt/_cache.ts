// The binary caches of apt: completion asks for package names only when they are there. What they hold is in the lists themselves.

import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";

const DIRECTORY = "/var/cache/apt";
const FILES = ["pkgcache.bin", "srcpkgcache.bin"] as const;
/** pkgcache's header of apt 2.6 begins so: signature, dirty flag, version */
const HEADER = new Uint8Array([0xfe, 0x70, 0xd8, 0x98, 0, 0, 18, 0]);
const BYTES_PER_PACKAGE = 620;

export function cacheExists(sys: Sys): boolean {
  try {
    sys.stat(`${DIRECTORY}/${FILES[0]}`);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** Whoever may write there leaves the caches behind, as every run of apt does that reads the lists. */
export function* buildCache(sys: Sys, packages: number): Blocking<void> {
  for (const name of FILES) {
    try {
      const fd = yield* sys.open(`${DIRECTORY}/${name}`, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o644);
      yield* sys.write(fd, HEADER);
      sys.ftruncate(fd, HEADER.length + packages * BYTES_PER_PACKAGE);
      sys.close(fd);
    } catch (error) {
      if (error instanceof SysError) return;
      throw error;
    }
  }
}

export function dropCache(sys: Sys): void {
  for (const name of FILES) {
    try {
      sys.unlink(`${DIRECTORY}/${name}`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
}
