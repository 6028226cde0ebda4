// What the declarations of uidmap say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchUidmapHelp: Catalogue = [
  ["give a user namespace its user IDs", "donner à un espace de noms utilisateur ses UID"],
  ["The process must be the caller's, its namespace new and without a map. LOWERUID and the COUNT - 1 behind it must be a part of the caller's ranges in /etc/subuid, or LOWERUID alone the caller himself.", "Le processus doit être à l'appelant, son espace de noms neuf et sans correspondance. UID_BAS et les NOMBRE - 1 suivants doivent faire partie des plages de l'appelant dans /etc/subuid, ou UID_BAS seul être l'appelant lui-même."],
  ["give a user namespace its group IDs", "donner à un espace de noms utilisateur ses GID"],
  ["The process must be the caller's, its namespace new and without a map. LOWERGID and the COUNT - 1 behind it must be a part of the caller's ranges in /etc/subgid, or LOWERGID alone the caller's own group: then setgroups(2) is denied inside.", "Le processus doit être à l'appelant, son espace de noms neuf et sans correspondance. GID_BAS et les NOMBRE - 1 suivants doivent faire partie des plages de l'appelant dans /etc/subgid, ou GID_BAS seul être son propre groupe\u00a0: setgroups(2) est alors refusé à l'intérieur."],
  ["the map is written", "la correspondance est écrite"],
  ["the map is not written", "la correspondance n'est pas écrite"],
  ["list the subordinate ID ranges of a user", "lister les plages d'identifiants subordonnés d'un utilisateur"],
  ["those of group IDs", "celles des GID"],
  ["he has some", "il en a"],
  ["he has none, or the call is wrong", "il n'en a pas, ou l'appel est mauvais"],
];
