// What the declarations of whois say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchWhoisHelp: Catalogue = [
  ["ask whois servers who owns a domain or an address", "demander aux serveurs whois à qui appartient un domaine ou une adresse"],
  ["ask that server", "interroger ce serveur"],
  ["at that port", "à ce port"],
  ["ask whois.iana.org first", "interroger d'abord whois.iana.org"],
  ["leave legal notices out", "omettre les mentions légales"],
  ["do not go on to registrars", "ne pas poursuivre vers les bureaux d'enregistrement"],
  ["crypt a password", "hacher un mot de passe"],
  ["how to crypt, \"help\" lists the ways", "manière de hacher, «\u00a0help\u00a0» liste les manières"],
  ["as --method=md5crypt", "comme --method=md5crypt"],
  ["with that salt", "avec ce sel"],
  ["so many rounds", "ce nombre de tours"],
  ["the password comes from that descriptor", "le mot de passe vient de ce descripteur"],
  ["as --password-fd=0", "comme --password-fd=0"],
];
