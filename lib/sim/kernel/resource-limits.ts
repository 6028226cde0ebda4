// getrlimit(2). Shared between processes until one of them changes a limit.

import type { ResourceLimit, ResourceLimitKind } from "./sys.ts";

export class ResourceLimits {
  readonly #limits: ReadonlyMap<ResourceLimitKind, ResourceLimit>;

  constructor(limits: ReadonlyMap<ResourceLimitKind, ResourceLimit>) {
    this.#limits = limits;
  }

  get(kind: ResourceLimitKind): ResourceLimit {
    return this.#limits.get(kind) ?? UNLIMITED;
  }

  with(kind: ResourceLimitKind, limit: ResourceLimit): ResourceLimits {
    return new ResourceLimits(new Map(this.#limits).set(kind, limit));
  }
}

const UNLIMITED: ResourceLimit = { soft: Infinity, hard: Infinity };

/** What a machine of that memory boots with: fork_init and the systemd 252 defaults (DefaultLimitNOFILE 1024:524288). */
export function initialLimits(memoryBytes: number): ResourceLimits {
  const known = initial.get(memoryBytes);
  if (known !== undefined) return known;
  const made = limitsOf(memoryBytes);
  if (initial.size >= MOST_SIZES) initial.clear();
  initial.set(memoryBytes, made);
  return made;
}

const initial = new Map<number, ResourceLimits>();
const MOST_SIZES = 64;

function limitsOf(memoryBytes: number): ResourceLimits {
  const threads = Math.floor(memoryBytes / (8 * 16384) / 2);
  const memlock = Math.max(65536, Math.floor(memoryBytes / 8 / 1024) * 1024);
  return new ResourceLimits(new Map<ResourceLimitKind, ResourceLimit>([
    ["stack", { soft: 8 * 1024 * 1024, hard: Infinity }],
    ["core", { soft: 0, hard: Infinity }],
    ["nproc", { soft: threads, hard: threads }],
    ["nofile", { soft: 1024, hard: 524288 }],
    ["memlock", { soft: memlock, hard: memlock }],
    ["sigpending", { soft: threads, hard: threads }],
    ["msgqueue", { soft: 819200, hard: 819200 }],
    ["nice", { soft: 0, hard: 0 }],
    ["rtprio", { soft: 0, hard: 0 }],
  ]));
}
