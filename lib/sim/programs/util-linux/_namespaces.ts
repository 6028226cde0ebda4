// The kinds of namespaces as unshare, nsenter and lsns name them.

import type { NamespaceKind } from "../../kernel/sys.ts";

export const NAMESPACE_KINDS: readonly NamespaceKind[] = ["mnt", "net", "pid", "uts", "ipc", "user", "cgroup", "time"];

export interface IdMap {
  readonly outside: number;
  readonly inside: number;
  readonly count: number;
}
