// For tests of the VFS: a root file system, a clock, callers without a kernel.

import { decode, encode } from "../bytes.ts";
import { SysError } from "../errno.ts";
import type { OpenFileDescription } from "../open-file-description.ts";
import { O } from "../sys.ts";
import type { Caller } from "./caller.ts";
import { DeviceTable } from "./device-table.ts";
import type { FileSystemType, StorageHost, VfsHost } from "./file-system.ts";
import { MemoryFileSystem } from "./memory-file-system.ts";
import type { FrozenLayer } from "./memory-node.ts";
import { MountNamespace } from "./mount-namespace.ts";
import { open } from "./open.ts";
import { type Path, samePath } from "./path.ts";

export class TestCaller implements Caller {
  pid = 1;
  fileSizeLimit = Number.POSITIVE_INFINITY;
  fsuid: number;
  fsgid: number;
  groups: readonly number[] = [];
  umask = 0o022;
  root: Path;
  cwd: Path;
  mountNamespace: MountNamespace;

  constructor(uid: number, namespace: MountNamespace) {
    this.fsuid = uid;
    this.fsgid = uid;
    this.mountNamespace = namespace;
    this.root = namespace.root();
    this.cwd = this.root;
  }

  capable(): boolean {
    return this.fsuid === 0;
  }

  capableOver(): boolean {
    return this.fsuid === 0;
  }

  capableIn(): boolean {
    return this.fsuid === 0;
  }
}

export class TestMachine {
  nowUs = 1_000_000;
  readonly devices = new DeviceTable();
  readonly types = new Map<string, FileSystemType>();
  readonly callers: TestCaller[] = [];
  readonly host: VfsHost & StorageHost;
  readonly fs: MemoryFileSystem;
  readonly namespace: MountNamespace;
  readonly root: TestCaller;

  constructor(lower?: FrozenLayer) {
    this.host = {
      nowUs: () => this.nowUs,
      chargeStorage: () => undefined,
      random: (length) => new Uint8Array(length),
      devices: this.devices,
      fileSystemTypes: this.types,
      mountInUse: () => false,
      openForWriting: () => false,
      replaceRoots: (from, to) => {
        for (const caller of this.callers) {
          if (samePath(caller.root, from)) caller.root = to;
          if (samePath(caller.cwd, from)) caller.cwd = to;
        }
      },
      directoryInUse: () => false,
      isExecuting: () => false,
    };
    this.fs = new MemoryFileSystem({ type: "ext4", device: 0xfe01, host: this.host, ...(lower === undefined ? {} : { lower }) });
    this.namespace = MountNamespace.initial(this.fs, undefined, { source: "/dev/vda1" });
    this.root = this.caller(0);
  }

  caller(uid: number): TestCaller {
    return this.inNamespace(this.namespace, uid);
  }

  inNamespace(namespace: MountNamespace, uid = 0): TestCaller {
    const caller = new TestCaller(uid, namespace);
    this.callers.push(caller);
    return caller;
  }

  open(caller: Caller, name: string, flags: number, mode = 0o666): OpenFileDescription {
    const result = open(caller, this.host, name, flags, mode);
    if (result.kind !== "description") throw new SysError("EINVAL");
    return result.description;
  }

  write(caller: Caller, name: string, text: string, mode = 0o666, flags: number = O.WRONLY | O.CREAT | O.TRUNC): void {
    const file = this.open(caller, name, flags, mode);
    file.write(caller, encode(text), undefined);
    file.release();
  }

  read(caller: Caller, name: string): string {
    const file = this.open(caller, name, O.RDONLY);
    let text = "";
    for (;;) {
      const bytes = file.read(caller, 65536, undefined);
      if (typeof bytes === "symbol" || bytes.length === 0) break;
      text += decode(bytes);
    }
    file.release();
    return text;
  }
}
