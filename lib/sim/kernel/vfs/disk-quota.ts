// Disk quotas (quotactl(2), Documentation/filesystems/quota.rst): what each user and group takes on a file system, and how much they may. The file system asks before it
// gives blocks or inodes; the tools set limits and turn it on and off.
import { SysError } from "../errno.ts";

export type QuotaKind = "user" | "group";

export interface QuotaLimits {
  readonly blockSoftKib: number;
  readonly blockHardKib: number;
  readonly inodeSoft: number;
  readonly inodeHard: number;
}

export interface QuotaUsage extends QuotaLimits {
  readonly id: number;
  readonly usedBytes: number;
  readonly usedInodes: number;
  /** when a soft limit that was passed turns hard; 0: it was not passed */
  readonly blockGraceEndsSeconds: number;
  readonly inodeGraceEndsSeconds: number;
}

interface Entry {
  limits: QuotaLimits;
  usedBytes: number;
  usedInodes: number;
  blockGrace: number;
  inodeGrace: number;
}

const NO_LIMITS: QuotaLimits = { blockSoftKib: 0, blockHardKib: 0, inodeSoft: 0, inodeHard: 0 };
const WEEK_SECONDS = 604_800;

class QuotaTable {
  readonly #entries = new Map<number, Entry>();
  enabled = false;
  blockGraceSeconds = WEEK_SECONDS;
  inodeGraceSeconds = WEEK_SECONDS;

  entry(id: number): Entry {
    let entry = this.#entries.get(id);
    if (entry === undefined) {
      entry = { limits: NO_LIMITS, usedBytes: 0, usedInodes: 0, blockGrace: 0, inodeGrace: 0 };
      this.#entries.set(id, entry);
    }
    return entry;
  }

  all(): readonly QuotaUsage[] {
    return [...this.#entries].sort((a, b) => a[0] - b[0]).map(([id, one]) => ({ id, ...one.limits, usedBytes: one.usedBytes, usedInodes: one.usedInodes, blockGraceEndsSeconds: one.blockGrace, inodeGraceEndsSeconds: one.inodeGrace }));
  }

  clearUsage(): void {
    for (const entry of this.#entries.values()) {
      entry.usedBytes = 0;
      entry.usedInodes = 0;
    }
  }
}

export class DiskQuota {
  readonly tables: Readonly<Record<QuotaKind, QuotaTable>> = { user: new QuotaTable(), group: new QuotaTable() };
  readonly #nowSeconds: () => number;

  constructor(nowSeconds: () => number) {
    this.#nowSeconds = nowSeconds;
  }

  get active(): boolean {
    return this.tables.user.enabled || this.tables.group.enabled;
  }

  /** Before an owner takes so much more. root (CAP_SYS_RESOURCE) is never refused by its own quota: the caller says so. Errors: EDQUOT. */
  ask(uid: number, gid: number, bytes: number, inodes: number): void {
    for (const [table, id] of [[this.tables.user, uid], [this.tables.group, gid]] as const) {
      if (!table.enabled || id === 0) continue;
      const entry = table.entry(id);
      const { blockHardKib, blockSoftKib, inodeHard, inodeSoft } = entry.limits;
      const kib = (entry.usedBytes + bytes) / 1024;
      const now = this.#nowSeconds();
      if (bytes > 0 && ((blockHardKib > 0 && kib > blockHardKib) || (blockSoftKib > 0 && kib > blockSoftKib && entry.blockGrace > 0 && now >= entry.blockGrace))) throw new SysError("EDQUOT");
      const count = entry.usedInodes + inodes;
      if (inodes > 0 && ((inodeHard > 0 && count > inodeHard) || (inodeSoft > 0 && count > inodeSoft && entry.inodeGrace > 0 && now >= entry.inodeGrace))) throw new SysError("EDQUOT");
    }
  }

  /** The most bytes that an owner may still take. */
  room(uid: number, gid: number): number {
    let room = Number.POSITIVE_INFINITY;
    for (const [table, id] of [[this.tables.user, uid], [this.tables.group, gid]] as const) {
      if (!table.enabled || id === 0) continue;
      const { limits, usedBytes, blockGrace } = table.entry(id);
      if (limits.blockHardKib > 0) room = Math.min(room, limits.blockHardKib * 1024 - usedBytes);
      if (limits.blockSoftKib > 0 && blockGrace > 0 && this.#nowSeconds() >= blockGrace) room = Math.min(room, limits.blockSoftKib * 1024 - usedBytes);
    }
    return Math.max(0, room);
  }

  /** An owner has taken so much more, or given it back. */
  note(uid: number, gid: number, bytes: number, inodes: number): void {
    for (const [table, id] of [[this.tables.user, uid], [this.tables.group, gid]] as const) {
      const entry = table.entry(id);
      entry.usedBytes = Math.max(0, entry.usedBytes + bytes);
      entry.usedInodes = Math.max(0, entry.usedInodes + inodes);
      const { blockSoftKib, inodeSoft } = entry.limits;
      entry.blockGrace = blockSoftKib > 0 && entry.usedBytes / 1024 > blockSoftKib ? entry.blockGrace || this.#nowSeconds() + table.blockGraceSeconds : 0;
      entry.inodeGrace = inodeSoft > 0 && entry.usedInodes > inodeSoft ? entry.inodeGrace || this.#nowSeconds() + table.inodeGraceSeconds : 0;
    }
  }

  setLimits(kind: QuotaKind, id: number, limits: QuotaLimits): void {
    this.tables[kind].entry(id).limits = limits;
    this.note(kind === "user" ? id : 0, kind === "group" ? id : 0, 0, 0);
  }
}
