// What the declarations of cpu-checker say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchCpuCheckerHelp: Catalogue = [
  ["tell whether KVM can run virtual machines on this processor", "dire si KVM peut exécuter des machines virtuelles sur ce processeur"],
];
