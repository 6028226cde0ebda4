// autofs (Documentation/filesystems/autofs.rst): an empty directory that has something mounted on it when somebody goes into it. The kernel tells the
// daemon that mounted it, through a pipe, and whoever goes in waits.

import { SysError } from "../errno.ts";
import type { OpenFileDescription } from "../open-file-description.ts";
import type { Caller } from "./caller.ts";
import { EmptyFileSystem } from "./empty-file-system.ts";
import type { FileSystemType } from "./file-system.ts";
import type { Mount } from "./mount.ts";
import { parseMountOptions } from "./tmpfs.ts";

/** Of struct autofs_v5_packet on 64 bits. */
const PACKET_BYTES = 304;
/** autofs_ptype_missing_direct */
const MISSING_DIRECT = 5;
const PROTOCOL = 5;

export interface AutofsSettings {
  readonly nextDevice: () => number;
  readonly nowUs: () => number;
  /** An open descriptor of the process that mounts. */
  readonly descriptionOf: (pid: number, fd: number) => OpenFileDescription | undefined;
  /** 0: there is no such process */
  readonly processGroupOf: (pid: number) => number;
  /** Lets others run until `done`, or until nobody can. */
  readonly waitUntil: (done: () => boolean) => void;
}

class AutofsFileSystem extends EmptyFileSystem {
  readonly #settings: AutofsSettings;
  readonly #pipe: OpenFileDescription | undefined;
  readonly #processGroup: number;
  #token = 0;

  constructor(settings: AutofsSettings, data: string, pipe: OpenFileDescription | undefined, processGroup: number) {
    super("autofs", settings.nextDevice(), settings.nowUs(), data);
    this.#settings = settings;
    this.#pipe = pipe;
    this.#processGroup = processGroup;
    if (pipe !== undefined) pipe.references++;
  }

  /** Errors: ENODEV (nothing came to be mounted), ENOENT (nobody is there to ask). */
  automount(mount: Mount, caller: Caller): void {
    const { processGroupOf, waitUntil } = this.#settings;
    // the daemon's own processes see the directory as it is ("oz mode")
    const group = processGroupOf(caller.pid);
    if (this.#pipe === undefined || group === 0 || group === this.#processGroup) return;
    const packet = new DataView(new ArrayBuffer(PACKET_BYTES));
    packet.setUint32(0, PROTOCOL, true);
    packet.setUint32(4, MISSING_DIRECT, true);
    packet.setUint32(8, ++this.#token, true);
    packet.setUint32(36, caller.pid, true);
    try {
      this.#pipe.write(caller, new Uint8Array(packet.buffer), undefined);
    } catch (error) {
      // the daemon is gone: "catatonic"
      if (error instanceof SysError) throw new SysError("ENOENT");
      throw error;
    }
    const covered = (): boolean => mount.children?.has(this.root) === true || mount.detached;
    waitUntil(covered);
    if (!covered()) throw new SysError("ENODEV");
  }

  readonly unmounted = (): void => {
    if (this.#pipe !== undefined && --this.#pipe.references === 0) this.#pipe.release();
  };
}

export function autofsType(settings: AutofsSettings): FileSystemType {
  return {
    name: "autofs",
    needsDevice: false,
    userMountable: false,
    mount({ caller, data }) {
      const options = new Map(parseMountOptions(data));
      const fd = Number(options.get("fd") ?? Number.NaN);
      const pipe = settings.descriptionOf(caller.pid, fd);
      const group = Number(options.get("pgrp") ?? settings.processGroupOf(caller.pid));
      if (Number.isNaN(fd) || Number.isNaN(group)) throw new SysError("EINVAL");
      const shown = [`fd=${fd}`, `pgrp=${group}`, "timeout=0", `minproto=${PROTOCOL}`, `maxproto=${PROTOCOL}`, options.has("indirect") ? "indirect" : "direct"];
      const inode = /^pipe:\[(\d+)\]$/.exec(pipe?.label ?? "")?.[1];
      return { fs: new AutofsFileSystem(settings, [...shown, ...(inode === undefined ? [] : [`pipe_ino=${inode}`])].join(","), pipe, group) };
    },
  };
}
