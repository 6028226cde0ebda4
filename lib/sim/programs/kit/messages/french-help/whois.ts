// What the declarations of whois say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchWhoisHelp: Catalogue = [
  ["client for the whois directory service", "client de l'annuaire whois"],
  ["ask that server", "interroger ce serveur"],
  ["at that port", "à ce port"],
  ["ask whois.iana.org first", "interroger d'abord whois.iana.org"],
  ["leave legal notices out", "omettre les mentions légales"],
  ["do not go on to registrars", "ne pas poursuivre vers les bureaux d'enregistrement"],
];
