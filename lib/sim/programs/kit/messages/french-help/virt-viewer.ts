// What the declarations of virt-viewer say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchVirtViewerHelp: Catalogue = [
  ["remote desktop client", "client de bureau à distance"],
  ["display version information", "afficher les informations de version"],
  ["which hypervisor", "quel hyperviseur"],
  ["there is no display to show a window on", "il n'y a pas d'écran où montrer une fenêtre"],
  ["open the screen of a virtual machine in a window", "ouvrir l'écran d'une machine virtuelle dans une fenêtre"],
];
