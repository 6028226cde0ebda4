// Full screens and dialogues on a terminal whose locale is French: as Debian 12's nano, sudo and passwd show them.
import { expect, test } from "vitest";
import { answerLine } from "./jsonl.ts";

interface Screen {
  readonly screen: readonly string[];
}

function ask(request: object): Screen {
  return answerLine(JSON.stringify(request)) as Screen;
}

/** What stands on the screen after the keys (a number waits so many seconds), without the empty rows; no-break spaces as "~". */
function typed(id: string, user: string, keys: readonly (string | number)[]): readonly string[] {
  ask({ op: "boot", id, user, cols: 100, rows: 24, cwd: "/tmp", env: { LANG: "fr_FR.UTF-8", TERM: "xterm" }, rootSetup: ["mkdir -p /usr/lib/locale/fr_FR.utf8"] });
  let { screen } = ask({ op: "keys", id, keys: "PS1='$ '; clear\r" });
  for (const one of keys) ({ screen } = ask(typeof one === "number" ? { op: "wait", id, seconds: one } : { op: "keys", id, keys: one }));
  ask({ op: "halt", id });
  return screen.map((row) => row.trimEnd().replaceAll("\u00a0", "~")).filter((row) => row !== "");
}

const MAIN_KEYS = [
  "^G Aide       ^O Écrire     ^W Chercher   ^K Couper     ^T Exécuter   ^C EmplacementM-U Annuler",
  "^X Quitter    ^R Lire fich. ^\\ Remplacer  ^U Coller     ^J Justifier  ^/ Aller ligneM-E Refaire",
];

test("nano: the key lists, the question at the end, what was written", () => {
  expect(typed("nano-open", "root", ["nano a.txt\r", "bonjour"])).toEqual(["  GNU nano 7.2                                    a.txt *", "bonjour", "                                        [ Nouveau fichier ]", ...MAIN_KEYS]);
  expect(typed("nano-exit", "root", ["nano a.txt\r", "x", "\u0018"]).slice(-3)).toEqual(["Sauver l'espace modifié ?", " O Oui", " N Non          ^C Annuler"]);
  expect(typed("nano-yes", "root", ["nano a.txt\r", "x", "\u0018", "o", "\r", "cat a.txt\r"]).slice(-3)).toEqual(["$ cat a.txt", "x", "$"]);
  expect(typed("nano-find", "root", ["nano a.txt\r", "\u0017", "zz\r"]).slice(-3)).toEqual(["                                       [ «~zz~» non trouvé ]", ...MAIN_KEYS]);
  expect(typed("nano-write", "root", ["nano a.txt\r", "x", "\u000f"]).slice(-3)[0]).toBe("Nom du fichier à écrire: a.txt");
});

test("vim: the mode, messages, the ruler; vim.tiny is made without languages", () => {
  const install = "apt-get install -y -qq vim > /dev/null 2>&1; clear\r";
  const row = (id: string, keys: readonly string[]): string | undefined => typed(id, "root", [install, "vim.basic a.txt\r", ...keys]).at(-1);
  expect(row("vim-insert", ["ib"])).toBe("-- INSERTION --                                                                   1,2          Tout");
  expect(row("vim-write", ["ib\u001b", ":w\r"])).toBe('"a.txt" [Nouveau] 1L, 2B écrit(s)                                                 1,1          Tout');
  expect(row("vim-command", [":zz\r"])).toBe("E492: Commande inconnue: zz                                                       0,0-1        Tout");
  expect(row("vim-find", ["/absent\r"])).toBe("E486: Motif introuvable : absent                                                  0,0-1        Tout");
  expect(row("vim-quit", ["ib\u001b", ":q\r"])).toBe("E37: Modifications non enregistrées (ajoutez ! pour passer outre)                 1,1          Tout");
  expect(typed("vim-tiny", "root", ["vim.tiny a.txt\r", "ib"]).at(-1)).toBe("-- INSERT --                                                                      1,2           All");
});

test("gpg: questions and pinentry", () => {
  expect(typed("gpg", "root", ["apt-get install -y -qq gnupg > /dev/null 2>&1; clear\r", "gpg --gen-key\r", "Ada Lov\r", "x@y.z\r", "a\r", "b@c.d\r"]).slice(-5)).toEqual([
    "Changer le (N)om, l'(A)dresse électronique ou (O)ui/(Q)uitter~? a", "Adresse électronique~: b@c.d", "Vous avez sélectionné cette identité~:", "    «~Ada Lov <b@c.d>~»", "Changer le (N)om, l'(A)dresse électronique ou (O)ui/(Q)uitter~?",
  ]);
});

test("the shell's jobs", () => {
  expect(typed("jobs", "root", ["sleep 100 &\r", "sleep 200\r", "\u001a", "jobs\r", "kill -9 %1\r", "\r", "exit\r"]).slice(2)).toEqual([
    "$ sleep 200", "^Z", "[2]+  Stoppé                 sleep 200", "$ jobs", "[1]-  En cours d'exécution   sleep 100 &", "[2]+  Stoppé                 sleep 200", "$ kill -9 %1", "$", "[1]-  Processus arrêté      sleep 100", "$ exit", "exit", "Il y a des tâches stoppées.", "$",
  ]);
});

test("passwords: sudo, passwd, su", () => {
  expect(typed("sudo", "student", ["sudo id\r", "faux\r", 3, "student\r"])).toEqual(["$ sudo id", "[sudo] Mot de passe de student~:", "Désolé, essayez de nouveau.", "[sudo] Mot de passe de student~:", "uid=0(root) gid=0(root) groupes=0(root)", "$"]);
  expect(typed("passwd", "root", ["passwd student\r", "un\r", "deux\r"])).toEqual(["$ passwd student", "Nouveau mot de passe~:", "Retapez le nouveau mot de passe~:", "Les mots de passe ne correspondent pas.", "Mot de passe~: Erreur de manipulation du jeton d’authentification", "passwd~: mot de passe inchangé", "$"]);
  expect(typed("su", "student", ["su -\r", "faux\r", 3])).toEqual(["$ su -", "Mot de passe :", "su: Échec de l’authentification", "$"]);
});
