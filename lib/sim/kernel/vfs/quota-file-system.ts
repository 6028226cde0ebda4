// A memory file system that counts what each user and group has on it and holds them to their quotas. Requests on any open file of it: QUOTA_ON {kind, entries}
// (the limits that the quota file has; what is used is counted now), QUOTA_OFF {kind}, QUOTA_GET {kind} → QuotaState, QUOTA_SET {kind, id, limits}, QUOTA_GRACE {kind, blockSeconds,
// inodeSeconds}. All but QUOTA_GET need CAP_SYS_ADMIN (EPERM).
import { SysError } from "../errno.ts";
import type { Actor } from "../open-file-description.ts";
import { S } from "../sys.ts";
import { CAP } from "./caller.ts";
import { DiskQuota, type QuotaKind, type QuotaLimits, type QuotaUsage } from "./disk-quota.ts";
import type { AllocateMode, AttributeChange, NewNode } from "./file-system.ts";
import { MemoryFileSystem, type MemoryFileSystemOptions } from "./memory-file-system.ts";

const BLOCK_BYTES = 4096;

interface QuotaState {
  readonly enabled: boolean;
  readonly blockGraceSeconds: number;
  readonly inodeGraceSeconds: number;
  readonly entries: readonly QuotaUsage[];
}

const field = (argument: unknown, name: string): unknown => (typeof argument === "object" && argument !== null ? Reflect.get(argument, name) : undefined);

function numberField(argument: unknown, name: string): number {
  const value = field(argument, name);
  if (typeof value !== "number" || value < 0) throw new SysError("EINVAL");
  return value;
}

function kindField(argument: unknown): QuotaKind {
  const kind = field(argument, "kind");
  if (kind !== "user" && kind !== "group") throw new SysError("EINVAL");
  return kind;
}

const limitsOf = (argument: unknown): QuotaLimits => ({ blockSoftKib: numberField(argument, "blockSoftKib"), blockHardKib: numberField(argument, "blockHardKib"), inodeSoft: numberField(argument, "inodeSoft"), inodeHard: numberField(argument, "inodeHard") });

export class QuotaFileSystem extends MemoryFileSystem {
  #quota: DiskQuota | undefined;
  readonly #nowUs: () => number;

  constructor(options: MemoryFileSystemOptions) {
    super(options);
    this.#nowUs = () => options.host.nowUs();
  }

  get #active(): DiskQuota | undefined {
    return this.#quota?.active === true ? this.#quota : undefined;
  }

  protected override forgotten(uid: number, gid: number, bytes: number): void {
    this.#active?.note(uid, gid, -bytes, -1);
  }

  override create(directory: number, name: string, node: NewNode): number {
    const quota = this.#active;
    if (quota === undefined) return super.create(directory, name, node);
    quota.ask(node.uid, node.gid, (node.mode & S.IFMT) === S.IFDIR ? BLOCK_BYTES : 0, 1);
    const ino = super.create(directory, name, node);
    quota.note(node.uid, node.gid, super.allocatedBytes(ino), 1);
    return ino;
  }

  override write(ino: number, position: number, bytes: Uint8Array): number {
    const quota = this.#active;
    if (quota === undefined) return super.write(ino, position, bytes);
    const { uid, gid } = super.facts(ino);
    const room = quota.room(uid, gid);
    const contents = super.contentsOf(ino);
    let taken = bytes;
    if (contents.newBlocks(position, bytes.length) * BLOCK_BYTES > room) {
      const inside = BLOCK_BYTES - (position % BLOCK_BYTES);
      const most = Math.floor(room / BLOCK_BYTES) * BLOCK_BYTES + (contents.newBlocks(position, 1) === 0 ? inside : 0);
      if (most <= 0) throw new SysError("EDQUOT");
      taken = bytes.subarray(0, Math.min(bytes.length, most));
    }
    const before = super.allocatedBytes(ino);
    const count = super.write(ino, position, taken);
    quota.note(uid, gid, super.allocatedBytes(ino) - before, 0);
    return count;
  }

  override truncate(ino: number, sizeBytes: number): void {
    this.#counted(ino, () => super.truncate(ino, sizeBytes));
  }

  override allocate(ino: number, offset: number, lengthBytes: number, mode: AllocateMode): void {
    const quota = this.#active;
    if (quota !== undefined && mode !== "punch-hole") {
      const { uid, gid } = super.facts(ino);
      quota.ask(uid, gid, super.contentsOf(ino).newBlocks(offset, lengthBytes) * BLOCK_BYTES, 0);
    }
    this.#counted(ino, () => super.allocate(ino, offset, lengthBytes, mode));
  }

  #counted(ino: number, change: () => void): void {
    const before = super.allocatedBytes(ino);
    change();
    const { uid, gid } = super.facts(ino);
    this.#active?.note(uid, gid, super.allocatedBytes(ino) - before, 0);
  }

  override setAttributes(ino: number, change: AttributeChange): void {
    const quota = this.#active;
    const { uid, gid } = super.facts(ino);
    if (quota === undefined || ((change.uid ?? uid) === uid && (change.gid ?? gid) === gid)) {
      super.setAttributes(ino, change);
      return;
    }
    const bytes = super.allocatedBytes(ino);
    // only the side that changes is asked: 0 stands for nobody
    quota.ask(change.uid === uid ? 0 : (change.uid ?? 0), change.gid === gid ? 0 : (change.gid ?? 0), bytes, 1);
    super.setAttributes(ino, change);
    quota.note(uid, gid, -bytes, -1);
    quota.note(change.uid ?? uid, change.gid ?? gid, bytes, 1);
  }

  #count(quota: DiskQuota): void {
    quota.tables.user.clearUsage();
    quota.tables.group.clearUsage();
    const seen = new Set<number>();
    const visit = (ino: number): void => {
      if (seen.has(ino)) return;
      seen.add(ino);
      const { uid, gid, mode } = super.facts(ino);
      quota.note(uid, gid, super.allocatedBytes(ino), 1);
      if ((mode & S.IFMT) === S.IFDIR) for (const entry of super.entries(ino)) visit(entry.ino);
    };
    visit(this.root);
  }

  quotaRequest(actor: Actor, request: string, argument: unknown): unknown {
    const quota = (this.#quota ??= new DiskQuota(() => Math.floor(this.#nowUs() / 1e6)));
    const kind = kindField(argument);
    const table = quota.tables[kind];
    if (request === "QUOTA_GET") {
      if (!quota.active) this.#count(quota);
      return { enabled: table.enabled, blockGraceSeconds: table.blockGraceSeconds, inodeGraceSeconds: table.inodeGraceSeconds, entries: table.all() } satisfies QuotaState;
    }
    if (!actor.capable(CAP.SYS_ADMIN)) throw new SysError("EPERM");
    switch (request) {
      case "QUOTA_ON": {
        if (table.enabled) throw new SysError("EBUSY");
        const entries = field(argument, "entries");
        if (!quota.active) this.#count(quota);
        if (Array.isArray(entries)) for (const entry of entries) quota.setLimits(kind, numberField(entry, "id"), limitsOf(entry));
        table.enabled = true;
        return 0;
      }
      case "QUOTA_OFF":
        if (!table.enabled) throw new SysError("ESRCH");
        table.enabled = false;
        return 0;
      case "QUOTA_SET":
        quota.setLimits(kind, numberField(argument, "id"), limitsOf(field(argument, "limits")));
        return 0;
      case "QUOTA_GRACE":
        table.blockGraceSeconds = numberField(argument, "blockSeconds");
        table.inodeGraceSeconds = numberField(argument, "inodeSeconds");
        return 0;
      default: throw new SysError("ENOTTY");
    }
  }
}
