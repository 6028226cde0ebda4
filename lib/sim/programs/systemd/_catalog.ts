// What journalctl -x adds to messages of the system manager (systemd's message catalogue, catalog(7)): a subject and an explanation, in our own words.
import type { JournalEntry } from "../../daemons/systemd/api/journal.ts";
import { localeOf } from "../kit/locale.ts";
import type { EntryLook } from "./_journal-format.ts";
import { speaksUtf8 } from "./_ellipsize.ts";
import { GREY, NORMAL } from "./_systemd.ts";

interface Explanation {
  /** sd-messages.h */
  readonly id: string;
  /** the text of the manager's message; its first group is what the explanation calls @ */
  readonly pattern: RegExp;
  readonly english: readonly [subject: string, ...body: readonly string[]];
  readonly french: readonly [subject: string, ...body: readonly string[]];
}

const explanations: readonly Explanation[] = [
  {
    id: "7d4958e842da4a758f6c1cdc7b36dcc5", pattern: /^(?:Starting|Mounting) .*\.\.\.$/,
    english: ["A start job for unit @ has begun execution", "The system manager has started to work on the start job of @."],
    french: ["Une tâche de démarrage de l'unité @ a débuté", "Le gestionnaire du système a commencé à démarrer @."],
  },
  {
    id: "39f53479d3a045ac8e11786248231fbf", pattern: /^(?:Started|Finished|Mounted|Reached target|Listening on|Set up automount|Created slice) .*\.$/,
    english: ["A start job for unit @ has finished successfully", "The start job of @ is done, without an error."],
    french: ["Une tâche de démarrage de l'unité @ s'est terminée correctement", "Le démarrage de @ est achevé, sans erreur."],
  },
  {
    id: "be02cf6855d2428ba40df7e9d022f03d", pattern: /^(?:Failed to (?:start|mount)|Dependency failed for|Timed out starting) .*\.$/,
    english: ["A start job for unit @ has failed", "The start job of @ is over; its result is an error. The lines above and", "'systemctl status @' say more."],
    french: ["Une tâche de démarrage de l'unité @ a échoué", "Le démarrage de @ s'est terminé par une erreur. Les lignes précédentes et", "« systemctl status @ » en disent davantage."],
  },
  {
    id: "de5b426a63be47a7b6ac3eaac82e2f6f", pattern: /^(?:Stopping|Unmounting) .*\.\.\.$/,
    english: ["A stop job for unit @ has begun execution", "The system manager has started to work on the stop job of @."],
    french: ["Une tâche d'arrêt de l'unité @ a débuté", "Le gestionnaire du système a commencé à arrêter @."],
  },
  {
    id: "9d1aaa27d60140bd96365438aad20286", pattern: /^(?:Stopped|Unmounted|Closed|Stopped target|Removed slice) .*\.$/,
    english: ["A stop job for unit @ has finished", "The stop job of @ is done."],
    french: ["Une tâche d'arrêt de l'unité @ est terminée", "L'arrêt de @ est achevé."],
  },
  {
    id: "d34d037fff1847e6ae669a370e694725", pattern: /^Reloading .*\.\.\.$/,
    english: ["A reload job for unit @ has begun execution", "The unit @ has been told to read its configuration again."],
    french: ["Une tâche de rechargement de l'unité @ a débuté", "L'unité @ a été priée de relire sa configuration."],
  },
  {
    id: "7b05ebc668384222baa8881179cfda54", pattern: /^Reloaded .*\.$/,
    english: ["A reload job for unit @ has finished", "The unit @ has read its configuration again."],
    french: ["Une tâche de rechargement de l'unité @ est terminée", "L'unité @ a relu sa configuration."],
  },
  {
    id: "98e322203f7a4ed290d09fe03c09fe15", pattern: /: (?:Main|Control|Mount) process exited, code=/,
    english: ["Unit process exited", "A process of @ is over; its exit code and status stand in the line above."],
    french: ["Un processus de l'unité s'est terminé", "Un processus de @ s'est terminé ; son code et son état figurent à la ligne précédente."],
  },
  {
    id: "d9b373ed55a64feb8242e02dbe79a49c", pattern: /: Failed with result '/,
    english: ["Unit failed", "The unit @ is now in the state 'failed'."],
    french: ["L'unité a échoué", "L'unité @ est passée à l'état « failed »."],
  },
  {
    id: "7ad2d189f7e94e70a38c781354912448", pattern: /: Deactivated successfully\.$/,
    english: ["Unit succeeded", "The unit @ is now in the state 'dead', without an error."],
    french: ["L'unité a réussi", "L'unité @ est passée à l'état « dead », sans erreur."],
  },
  {
    id: "5eb03494b6584870a536b337290809b3", pattern: /: Scheduled restart job, /,
    english: ["Automatic restarting of a unit has been scheduled", "The unit @ is started again because its setting Restart= asks for it."],
    french: ["Le redémarrage automatique d'une unité est prévu", "L'unité @ va redémarrer, comme le demande son réglage Restart=."],
  },
  {
    id: "ae8f7b866b0347b9af31fe1c80b127c0", pattern: /: Consumed .* CPU time\.$/,
    english: ["Resources consumed by unit runtime", "The unit @ is over; the line above says what it used."],
    french: ["Ressources consommées par l'unité", "L'unité @ est terminée ; la ligne précédente indique ce qu'elle a consommé."],
  },
  {
    id: "b07a249cd024414a82dd00cd181378ff", pattern: /^Startup finished in /,
    english: ["System start-up is now complete", "Everything that was queued at boot has been started. Services may still have", "work of their own to do."],
    french: ["Le démarrage du système est terminé", "Tout ce qui était prévu à l'amorçage est démarré. Des services peuvent encore", "avoir du travail."],
  },
];

function explanationOf(entry: JournalEntry): Explanation | undefined {
  const id = entry.fields.get("MESSAGE_ID");
  if (id !== undefined) return explanations.find((one) => one.id === id);
  if (entry.fields.get("_PID") !== "1") return undefined;
  const text = entry.fields.get("MESSAGE") ?? "";
  return explanations.find(({ pattern }) => pattern.test(text));
}

/** The manager's entries are kept without MESSAGE_ID, which their text tells. */
export function withMessageId(entry: JournalEntry): JournalEntry {
  const known = entry.fields.has("MESSAGE_ID") ? undefined : explanationOf(entry);
  return known === undefined ? entry : { ...entry, fields: new Map([...entry.fields, ["MESSAGE_ID", known.id]]) };
}

/** Lines below the entry; nothing for a message that the catalogue does not know. */
export function catalogText(look: EntryLook, entry: JournalEntry): string {
  const known = explanationOf(entry);
  if (known === undefined) return "";
  const french = /^fr/.test(localeOf(look.sys.environment, "LC_MESSAGES"));
  const [subject, ...body] = french ? known.french : known.english;
  const unit = entry.fields.get("UNIT") ?? entry.fields.get("_SYSTEMD_UNIT") ?? "UNIT";
  const support = french ? "Assistance" : "Support";
  const lines = [`Subject: ${subject}`, "Defined-By: systemd", `${support}: https://www.debian.org/support`, "", ...body].map((line) => line.replaceAll("@", unit));
  const bar = speaksUtf8(look.sys) ? "░░" : "--";
  return lines.map((line, index) => (look.colour ? `${GREY}${bar}${index === 0 ? " " : ""}${NORMAL}${index === 0 ? "" : " "}\x1b[0;32m${line}${NORMAL}\n` : `${bar} ${line}\n`)).join("");
}
