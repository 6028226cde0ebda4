// What the declarations of cpu-checker say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchCpuCheckerHelp: Catalogue = [
  ["determine if this system can run hardware accelerated KVM virtual machines", "dire si ce système peut lancer des machines virtuelles KVM accélérées"],
];
