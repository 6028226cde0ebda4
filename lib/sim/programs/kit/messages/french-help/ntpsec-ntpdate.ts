// What the declarations of ntpsec-ntpdate say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchNtpsecNtpdateHelp: Catalogue = [
  ["set the clock by NTP servers", "régler l'horloge sur des serveurs NTP"],
  ["Asks time servers once and sets the clock: by slewing when it is wrong by less than half a second, else by a step. A daemon (chronyd, ntpd, systemd-timesyncd) keeps a clock right all the time.", "Interroge une fois des serveurs de temps et règle l'horloge\u00a0: en la faisant glisser si l'erreur est de moins d'une demi-seconde, sinon d'un saut. Un démon (chronyd, ntpd, systemd-timesyncd) garde une horloge à l'heure tout le temps."],
  ["ask on IPv4", "interroger en IPv4"],
  ["ask on IPv6", "interroger en IPv6"],
  ["number of a key", "numéro d'une clé"],
  ["step the clock", "faire sauter l'horloge"],
  ["slew the clock", "faire glisser l'horloge"],
  ["file of keys", "fichier de clés"],
  ["only show the command of ntpdig", "montrer seulement la commande de ntpdig"],
  ["only ask", "interroger seulement"],
  ["wait so long", "attendre ce temps"],
];
