// What the declarations of qemu-guest-agent say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchQemuGuestAgentHelp: Catalogue = [
  ["QEMU guest agent", "agent d'invité de QEMU"],
  ["how the host is reached", "comment l'hôte est joint"],
  ["the device of the channel", "le périphérique du canal"],
  ["commands that are refused", "commandes refusées"],
  ["go to the background", "passer à l'arrière-plan"],
];
