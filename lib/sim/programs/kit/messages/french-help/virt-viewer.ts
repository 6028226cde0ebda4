// What the declarations of virt-viewer say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchVirtViewerHelp: Catalogue = [
  ["remote desktop client", "client de bureau à distance"],
  ["display version information", "afficher les informations de version"],
  ["which hypervisor", "quel hyperviseur"],
  ["there is no display to show a window on", "il n'y a pas d'écran où montrer une fenêtre"],
  ["display the graphical console for a virtual machine", "afficher la console graphique d'une machine virtuelle"],
];
