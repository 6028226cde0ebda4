// Capability sets (capabilities(7)) as bit masks, and how they change at exec and set*id.

import type { Capabilities } from "./sys.ts";

const LAST_CAPABILITY = 40;
export const ALL_CAPABILITIES = (1n << BigInt(LAST_CAPABILITY + 1)) - 1n;

export const FULL: Capabilities = { effective: ALL_CAPABILITIES, permitted: ALL_CAPABILITIES, inheritable: 0n, bounding: ALL_CAPABILITIES, ambient: 0n };

export function holds(mask: bigint, capability: number): boolean {
  if (mask === ALL_CAPABILITIES) return true;
  if (mask === 0n) return false;
  return (mask >> BigInt(capability)) % 2n === 1n;
}

export interface FileCapabilities {
  readonly permitted: bigint;
  readonly inheritable: bigint;
  readonly effective: boolean;
}

/** security.capability, VFS_CAP_REVISION_2 or 3 (linux/capability.h). */
export function parseFileCapabilities(xattr: Uint8Array): FileCapabilities | undefined {
  if (xattr.length < 20) return undefined;
  const view = new DataView(xattr.buffer, xattr.byteOffset, xattr.byteLength);
  const magic = view.getUint32(0, true);
  if (magic >>> 24 !== 2 && magic >>> 24 !== 3) return undefined;
  const permitted = BigInt(view.getUint32(4, true)) | (BigInt(view.getUint32(12, true)) << 32n);
  const inheritable = BigInt(view.getUint32(8, true)) | (BigInt(view.getUint32(16, true)) << 32n);
  return { permitted, inheritable, effective: (magic & 1) === 1 };
}

/** "Transformation of capabilities during execve()" and "Capabilities and execution of programs by root". */
export function afterExec(before: Capabilities, file: FileCapabilities | undefined, rootUid: { real: boolean; effective: boolean }, privileged: boolean): Capabilities {
  let filePermitted = file?.permitted ?? 0n;
  let fileInheritable = file?.inheritable ?? 0n;
  let fileEffective = file?.effective ?? false;
  if (rootUid.real || rootUid.effective) {
    filePermitted = ALL_CAPABILITIES;
    fileInheritable = ALL_CAPABILITIES;
    fileEffective = rootUid.effective;
  }
  const ambient = privileged || file ? 0n : before.ambient;
  const permitted = (before.inheritable & fileInheritable) | (filePermitted & before.bounding) | ambient;
  const effective = fileEffective ? permitted : ambient;
  return { ...before, permitted, effective, ambient };
}

/** "Effect of user ID changes on capabilities". */
export function afterSetuid(before: Capabilities, hadRoot: boolean, hasRoot: boolean, effectiveWasRoot: boolean, effectiveIsRoot: boolean): Capabilities {
  let { permitted, effective, ambient } = before;
  if (hadRoot && !hasRoot) {
    permitted = 0n;
    effective = 0n;
    ambient = 0n;
  } else if (effectiveWasRoot && !effectiveIsRoot) effective = 0n;
  else if (!effectiveWasRoot && effectiveIsRoot) effective = permitted;
  return permitted === before.permitted && effective === before.effective && ambient === before.ambient ? before : { ...before, permitted, effective, ambient };
}
