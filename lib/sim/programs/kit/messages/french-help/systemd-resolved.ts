// What the declarations of systemd-resolved say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchSystemdResolvedHelp: Catalogue = [
  ["resolve names and show what systemd-resolved knows", "résoudre des noms et montrer ce que sait systemd-resolved"],
  ["Commands: query, status, statistics, reset-statistics, flush-caches, reset-server-features, dns, domain, default-route, llmnr, mdns, dnsovertls, dnssec, nta, revert, log-level.", "Commandes\u00a0: query, status, statistics, reset-statistics, flush-caches, reset-server-features, dns, domain, default-route, llmnr, mdns, dnsovertls, dnssec, nta, revert, log-level."],
  ["ask over this link", "demander par ce lien"],
  ["look it up this way: dns, llmnr, mdns", "chercher de cette manière\u00a0: dns, llmnr, mdns"],
  ["records of this type", "les enregistrements de ce type"],
  ["where the answer comes from, below it", "d'où vient la réponse, sous celle-ci"],
  ["whether the cache may answer", "si le cache peut répondre"],
];
