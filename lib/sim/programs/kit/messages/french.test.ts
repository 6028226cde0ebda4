// What a machine with the French locale says: the same words as the real programs with the same locale (compared with Debian 12).
import { expect, test } from "vitest";
import { decode } from "../../../kernel/sys.ts";
import { createWorld } from "../../../world/world.ts";

function run(script: string, environment: readonly (readonly [string, string])[] = [["LANG", "fr_FR.UTF-8"]]): string {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  const done = world.runProgram({
    argv: ["bash", "-c", `mkdir /usr/lib/locale/fr_FR.utf8; exec 2>&1; ${script}`], directory: "/root", environment: new Map([...environment, ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000,
  });
  return decode(done.stdout).replaceAll("\u00a0", "~");
}

test.each([
  ["ls /nosuch", "ls: impossible d'accéder à '/nosuch': Aucun fichier ou dossier de ce type\n"],
  ["ls --nosuch", "ls~: option non reconnue '--nosuch'\n\nSaisissez «~ls --help~» pour plus d'informations.\n"],
  ["cp a", "cp: opérande de fichier cible manquant après 'a'\nSaisissez «~cp --help~» pour plus d'informations.\n"],
  ["head -n x /dev/null", "head: nombre de lignes incorrect: «~x~»\n"],
  ["mkdir /etc", "mkdir: impossible de créer le répertoire «~/etc~»: Le fichier existe\n"],
  ["printf 'n\\n' | rm -i /etc/hosts", "rm~: supprimer '/etc/hosts' du type fichier~? "],
  ["grep -E '(' /dev/null; grep", "grep: Échec de l’appairage de ( ou de \\(\nUsage~: grep [OPTION]... MOTIFS [FICHIER]...\nExécutez «~grep --help~» pour obtenir des renseignements complémentaires.\n"],
  ["sed k; find /nosuch", "sed: -e expression n°1, caractère 1: commande inconnue: «~k~»\nfind: ‘/nosuch’: Aucun fichier ou dossier de ce type\n"],
  ["bash -c foo; bash -c 'cd /nosuch'; bash -c fi", "bash: ligne 1: foo~: commande introuvable\nbash: ligne 1 : cd: /nosuch: Aucun fichier ou dossier de ce type\nbash: -c: ligne 1: erreur de syntaxe près du symbole inattendu «~fi~»\nbash: -c: ligne 1: `fi'\n"],
  ["bash -c 'echo $((1/0))'", "bash: ligne 1: 1/0 : division par 0 (le symbole erroné est «~0~»)\n"],
  ["dpkg -l nosuch; apt-get install nosuch | tail -1", "dpkg-query: aucun paquet ne correspond à nosuch\nE: Impossible de trouver le paquet nosuch\nLecture des informations d'état…\n"],
  ["date; date +%c; date -d '2026-08-03' '+%A %e %B, %b'", "sam. 21 nov. 2026 21:09:00 UTC\nsam. 21 nov. 2026 21:09:00\nlundi  3 août, août\n"],
  ["touch -d '2026-08-03 10:11' f; touch -d 2020-05-09 g; ls -l f g | cut -d' ' -f6-", " 3 août  10:11 f\n 9 mai    2020 g\n"],
  ["df --output=source,pcent,target / | head -1; cal 2 2026 | head -2", "Sys. de fichiers Uti% Monté sur\n    Février 2026      \ndi lu ma me je ve sa  \n"],
  ["locale day; locale -a", "dimanche;lundi;mardi;mercredi;jeudi;vendredi;samedi\nC\nC.utf8\nPOSIX\nfr_FR.utf8\n"],
  ["top -bn1 | sed -n '2p;4p;5p;7p' | sed 's/[0-9][0-9.]*\\(,[0-9]\\)*/N/g; s/  */ /g'; journalctl -n 1 | cut -d' ' -f1", "Tâches: N total, N en cours, N en veille, N arrêté, N zombie\nMiB Mem : N total, N libr, N util, N tamp/cache \nMiB Éch : N total, N libr, N util. N dispo Mem \n PID UTIL. PR NI VIRT RES SHR S %CPU %MEM TEMPS+ COM.\nnov.\n"],
  ["touch été zèbre Zoé ete abc ABC; echo *; ls | sort | head -3; [[ é < f ]] && echo avant; LC_ALL=C ls | tail -1", "abc ABC ete été zèbre Zoé\nabc\nABC\nete\navant\nété\n"],
  ["printf '%.1f\\n' 1,5; printf '1,5\\n1,25\\n' | sort -n; echo '2,5 4' | awk '{ print $1 * $2 }'; echo 3 2 | awk '{ print $1 / $2 }'; seq 0 0.5 1 | tail -1; numfmt --to=iec 1500", "1,5\n1,25\n1,5\n10\n1,5\n1,0\n1,5K\n"],
  ["printf \"%'d %'.2f %'.1f\\n\" 1234567 1234567,891 12; seq -f %.2f 1 0,5 2 | tail -1", "1\u202f234\u202f567 1\u202f234\u202f567,89 12,0\n2,00\n"],
  ["ping -c1 nosuch.lan; ping 2>&1 | head -1", "ping: nosuch.lan: Nom ou service inconnu\nping: usage error: Adresse de destination requise\n"],
  ["LANGUAGE=en ls /nosuch; LC_ALL=C ls /nosuch; LC_MESSAGES=C.UTF-8 cat /nosuch", "ls: cannot access '/nosuch': No such file or directory\nls: cannot access '/nosuch': No such file or directory\ncat: /nosuch: No such file or directory\n"],
])("%s", (script, output) => {
  expect(run(script)).toBe(output);
});

test("only where the locale is there, or LANGUAGE asks for it", () => {
  expect(run("rmdir /usr/lib/locale/fr_FR.utf8; ls /nosuch")).toBe("ls: cannot access '/nosuch': No such file or directory\n");
  expect(run("ls /nosuch", [["LANG", "C.UTF-8"], ["LANGUAGE", "fr"]])).toBe("ls: impossible d'accéder à '/nosuch': Aucun fichier ou dossier de ce type\n");
});

test("locale-gen makes what /etc/locale.gen asks for, update-locale sets it for logins", () => {
  expect(run("rmdir /usr/lib/locale/fr_FR.utf8; sed -i 's/^# fr_FR/fr_FR/; s/^en_US/# en_US/' /etc/locale.gen; locale-gen; update-locale LANG=fr_FR.UTF-8; cat /etc/default/locale; update-locale LANG=xx; su - student -c 'ls /nosuch'", [["LANG", "C"]]))
    .toBe("Generating locales (this might take a while)...\n  fr_FR.UTF-8... done\nGeneration complete.\n#  File generated by update-locale\nLANG=fr_FR.UTF-8\n*** update-locale: Error: invalid locale settings:  LANG=xx\nls: impossible d'accéder à '/nosuch': Aucun fichier ou dossier de ce type\n");
});
