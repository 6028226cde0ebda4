// What the declarations of ntpsec-ntpdig say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchNtpsecNtpdigHelp: Catalogue = [
  ["NTP client to report or set the time", "client NTP pour dire ou régler l'heure"],
  ["The answer is the server's time, the difference to this machine's clock, how sure it is, the server's name and address and its stratum.", "La réponse est l'heure du serveur, son écart avec l'horloge de cette machine, sa précision, le nom et l'adresse du serveur et sa strate."],
  ["ask on IPv4 only", "interroger seulement en IPv4"],
  ["ask on IPv6 only", "interroger seulement en IPv6"],
  ["slew up to this, step above", "glisser jusque-là, sauter au-delà"],
  ["samples to take", "nombre d'échantillons à prendre"],
  ["may slew the clock", "peut faire glisser l'horloge"],
  ["may step the clock", "peut faire sauter l'horloge"],
  ["wait so long for an answer", "attendre une réponse pendant ce temps"],
  ["answer in JSON", "répondre en JSON"],
];
