// What the declarations of rsyslog say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchRsyslogHelp: Catalogue = [
  ["reliable and extended syslogd", "service de journalisation fiable et étendu"],
  ["say what it reads", "dire ce qu'il lit"],
  ["read this configuration (/etc/rsyslog.conf)", "lire cette configuration (/etc/rsyslog.conf)"],
  ["write the process number here, or NONE", "y écrire le numéro du processus, ou NONE"],
  ["only check the configuration", "vérifier seulement la configuration"],
];
