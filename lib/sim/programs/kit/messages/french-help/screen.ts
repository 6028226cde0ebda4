// What the declarations of screen say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchScreenHelp: Catalogue = [
  ["several shells in one terminal, which go on when it closes", "plusieurs shells dans un terminal, qui continuent quand il se ferme"],
  ["screen runs programs in windows that go on when the terminal goes. Behind C-a: c new window, n p space and digits other windows, C-a the last one, d detach, k kill, A title, w and \" lists, N number, t time, i about the window, : a command, [ copy mode, ] paste, \\ quit. /etc/screenrc and ~/.screenrc are read: bind, escape, hardstatus alwayslastline, screen, title, msgwait. Regions, logging and the page at the start are not simulated.", "screen fait fonctionner des programmes dans des fenêtres qui continuent quand le terminal s'en va. Derrière C-a : c nouvelle fenêtre, n p espace et les chiffres les autres fenêtres, C-a la dernière, d détacher, k tuer, A titre, w et \" listes, N numéro, t heure, i la fenêtre, «\u00a0:\u00a0» une commande, [ mode copie, ] coller, \\ quitter. /etc/screenrc et ~/.screenrc sont lus : bind, escape, hardstatus alwayslastline, screen, title, msgwait. Les régions, l'enregistrement et la page du début ne sont pas simulés."],
  ["detach a session elsewhere; -d -m starts one without attaching", "détacher une session ailleurs\u00a0; -d -m en démarre une sans s'y attacher"],
  ["a new session even inside of one", "une nouvelle session même à l'intérieur d'une autre"],
  ["resume a detached session", "reprendre une session détachée"],
  ["resume if possible, else start", "reprendre si possible, sinon démarrer"],
  ["attach to a session that is attached", "s'attacher à une session déjà attachée"],
  ["list sessions", "lister les sessions"],
  ["name of the session", "nom de la session"],
  ["send stuff, quit or detach to a session", "envoyer stuff, quit ou detach à une session"],
];
