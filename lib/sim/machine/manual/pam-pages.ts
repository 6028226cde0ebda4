// Modules of PAM and the files they read. Pages of the manual in our own words.
import type { ManualPage } from "./manual-page.ts";

const seeAlso = ["# SEE ALSO", "pam.d(5), pam(7), pam-auth-update(8)"];
const voirAussi = ["# VOIR AUSSI", "pam.d(5), pam(7), pam-auth-update(8)"];

interface ModulePage {
  readonly name: string;
  readonly section?: number;
  readonly otherNames?: readonly string[];
  readonly title: { readonly en: string; readonly fr: string };
  readonly en: readonly string[];
  readonly fr: readonly string[];
}

const modules: readonly ModulePage[] = [
  {
    name: "pam_unix", title: { en: "passwords of /etc/shadow", fr: "les mots de passe de /etc/shadow" },
    en: ["The usual module: it asks for a password and compares it with the hash in /etc/shadow, looks whether the account or the password has expired, changes passwords, and notes sessions in the log.", "nullok :: an account without a password is let in", "try_first_pass, use_first_pass :: take the password that an earlier module asked for; ask again when it is wrong, or never", "use_authtok :: the new password is the one that an earlier module asked for", "obscure :: refuse a new password that is too simple", "minlen=N :: so many characters at least (6)", "remember=N :: refuse the last N passwords, which /etc/security/opasswd keeps", "nodelay :: no pause after a wrong password", "yescrypt, sha512... :: how new passwords are hashed"],
    fr: ["Le module habituel\u00a0: il demande un mot de passe et le compare au condensat de /etc/shadow, regarde si le compte ou le mot de passe a expiré, change les mots de passe et note les sessions dans le journal.", "nullok :: un compte sans mot de passe peut entrer", "try_first_pass, use_first_pass :: prendre le mot de passe demandé par un module précédent\u00a0; redemander s'il est faux, ou jamais", "use_authtok :: le nouveau mot de passe est celui qu'un module précédent a demandé", "obscure :: refuser un nouveau mot de passe trop simple", "minlen=N :: autant de caractères au moins (6)", "remember=N :: refuser les N derniers mots de passe, que garde /etc/security/opasswd", "nodelay :: pas de pause après un mauvais mot de passe", "yescrypt, sha512... :: comment hacher les nouveaux mots de passe"],
  },
  {
    name: "pam_faillock", otherNames: ["faillock.conf"], title: { en: "lock an account after wrong passwords", fr: "verrouiller un compte après de mauvais mots de passe" },
    en: ["It counts the wrong passwords of each user in /run/faillock and refuses the account when there are too many. It stands twice around pam_unix in common-auth, and once in common-account:", "    auth     required                    pam_faillock.so preauth", "    auth     [success=1 default=ignore]  pam_unix.so nullok", "    auth     [default=die]               pam_faillock.so authfail", "    account  required                    pam_faillock.so", "The settings are in /etc/security/faillock.conf, or behind the module's name.", "deny=N :: so many failures lock (3)", "fail_interval=SECONDS :: within this time (900)", "unlock_time=SECONDS :: for this time (600); 0 or never: until root resets it", "even_deny_root, root_unlock_time=SECONDS :: lock root too", "silent :: do not tell the user", "faillock(8) shows the failures and opens the account again."],
    fr: ["Il compte les mauvais mots de passe de chacun dans /run/faillock et refuse le compte quand il y en a trop. Il figure deux fois autour de pam_unix dans common-auth, et une fois dans common-account\u00a0:", "    auth     required                    pam_faillock.so preauth", "    auth     [success=1 default=ignore]  pam_unix.so nullok", "    auth     [default=die]               pam_faillock.so authfail", "    account  required                    pam_faillock.so", "Les réglages sont dans /etc/security/faillock.conf, ou derrière le nom du module.", "deny=N :: autant d'échecs verrouillent (3)", "fail_interval=SECONDES :: pendant ce temps (900)", "unlock_time=SECONDES :: pour ce temps (600)\u00a0; 0 ou never\u00a0: jusqu'à ce que root l'efface", "even_deny_root, root_unlock_time=SECONDES :: verrouiller aussi root", "silent :: ne rien dire à la personne", "faillock(8) montre les échecs et rouvre le compte."],
  },
  {
    name: "pam_pwhistory", title: { en: "refuse passwords that were used before", fr: "refuser les mots de passe déjà utilisés" },
    en: ["It keeps the hashes of former passwords in /etc/security/opasswd and stands before pam_unix in common-password; pam_unix then needs use_authtok.", "    password  required                    pam_pwhistory.so remember=5", "    password  [success=1 default=ignore]  pam_unix.so obscure use_authtok yescrypt", "remember=N :: so many passwords are remembered (10)", "enforce_for_root :: for root too", "retry=N :: ask so many times (1)"],
    fr: ["Il garde les condensats des anciens mots de passe dans /etc/security/opasswd et précède pam_unix dans common-password\u00a0; pam_unix a alors besoin de use_authtok.", "    password  required                    pam_pwhistory.so remember=5", "    password  [success=1 default=ignore]  pam_unix.so obscure use_authtok yescrypt", "remember=N :: autant de mots de passe sont retenus (10)", "enforce_for_root :: aussi pour root", "retry=N :: demander autant de fois (1)"],
  },
  {
    name: "pam_nologin", title: { en: "keep everybody but root out", fr: "ne laisser entrer que root" },
    en: ["While /etc/nologin or /run/nologin exists, its text is shown and only root comes in. shutdown(8) makes the second one shortly before the end."],
    fr: ["Tant que /etc/nologin ou /run/nologin existe, son texte est affiché et seul root entre. shutdown(8) crée le second peu avant la fin."],
  },
  {
    name: "pam_securetty", title: { en: "terminals where root may log in", fr: "terminaux où root peut se connecter" },
    en: ["In the auth group: root may come in only on the terminals that /etc/securetty lists, one a line (tty1). Without this file, as on Debian, everywhere. Others are not concerned."],
    fr: ["Dans le groupe auth\u00a0: root n'entre que sur les terminaux que liste /etc/securetty, un par ligne (tty1). Sans ce fichier, comme sous Debian, partout. Les autres ne sont pas concernés."],
  },
  {
    name: "pam_access", otherNames: ["access.conf"], title: { en: "who may come from where", fr: "qui peut venir d'où" },
    en: ["In the account group. The first line of /etc/security/access.conf that fits decides; without one, access is granted.", "    +:root:LOCAL", "    -:ALL EXCEPT (sudo) student:ALL", "permission :: + grants, - denies", "users :: names, (groups), ALL, EXCEPT", "origins :: terminals (tty1), addresses, networks (192.168.1.0/24), names, LOCAL, ALL, EXCEPT", "accessfile=FILE :: another file"],
    fr: ["Dans le groupe account. La première ligne de /etc/security/access.conf qui convient décide\u00a0; sans elle, l'accès est accordé.", "    +:root:LOCAL", "    -:ALL EXCEPT (sudo) student:ALL", "permission :: + accorde, - refuse", "personnes :: noms, (groupes), ALL, EXCEPT", "origines :: terminaux (tty1), adresses, réseaux (192.168.1.0/24), noms, LOCAL, ALL, EXCEPT", "accessfile=FICHIER :: un autre fichier"],
  },
  {
    name: "pam_time", otherNames: ["time.conf"], title: { en: "when users may log in", fr: "quand on peut se connecter" },
    en: ["In the account group. Each line of /etc/security/time.conf has four fields; where the first three fit, the time must fit too.", "    login;tty*;!root;Wk0800-1800", "services, terminals, users :: names with *, joined by & and |, turned round by !", "times :: days (Mo Tu We Th Fr Sa Su Wk Wd Al) and hours, as Al0000-2400"],
    fr: ["Dans le groupe account. Chaque ligne de /etc/security/time.conf a quatre champs\u00a0; là où les trois premiers conviennent, l'heure doit convenir aussi.", "    login;tty*;!root;Wk0800-1800", "services, terminaux, personnes :: noms avec *, liés par & et |, inversés par !", "heures :: jours (Mo Tu We Th Fr Sa Su Wk Wd Al) et heures, comme Al0000-2400"],
  },
  {
    name: "pam_wheel", title: { en: "only members of a group may use su", fr: "seuls les membres d'un groupe peuvent utiliser su" },
    en: ["In /etc/pam.d/su: the caller must belong to the group wheel, or root where there is no wheel.", "group=NAME :: another group", "deny :: members may not", "trust :: members need no password (with sufficient)", "root_only :: only for becoming root"],
    fr: ["Dans /etc/pam.d/su\u00a0: l'appelant doit appartenir au groupe wheel, ou root là où il n'y a pas de wheel.", "group=NOM :: un autre groupe", "deny :: les membres n'en ont pas le droit", "trust :: les membres n'ont pas besoin de mot de passe (avec sufficient)", "root_only :: seulement pour devenir root"],
  },
  {
    name: "pam_listfile", title: { en: "a list of who may, or may not", fr: "une liste de qui peut, ou ne peut pas" },
    en: ["    auth required pam_listfile.so item=user sense=deny file=/etc/ftpusers onerr=succeed", "item :: user, group, tty, rhost, ruser or shell", "sense :: allow or deny what is in the file", "file :: a name a line", "onerr :: succeed or fail when the file cannot be read"],
    fr: ["    auth required pam_listfile.so item=user sense=deny file=/etc/ftpusers onerr=succeed", "item :: user, group, tty, rhost, ruser ou shell", "sense :: allow ou deny pour ce qui est dans le fichier", "file :: un nom par ligne", "onerr :: succeed ou fail si le fichier ne se lit pas"],
  },
  {
    name: "pam_limits", title: { en: "limits of sessions", fr: "limites des sessions" },
    en: ["In the session group: the limits of /etc/security/limits.conf and limits.d hold for the session (limits.conf(5)). Services without this line in /etc/pam.d have no such limits.", "conf=FILE :: another file"],
    fr: ["Dans le groupe session\u00a0: les limites de /etc/security/limits.conf et limits.d valent pour la session (limits.conf(5)). Les services sans cette ligne dans /etc/pam.d n'ont pas ces limites.", "conf=FICHIER :: un autre fichier"],
  },
  {
    name: "pam_mkhomedir", title: { en: "make a home directory at the first login", fr: "créer le répertoire personnel à la première connexion" },
    en: ["In the session group: a home directory that is missing is made from /etc/skel. pam-auth-update --enable mkhomedir puts it into common-session.", "skel=DIRECTORY :: another skeleton", "umask=MASK :: rights that are taken away (0022)"],
    fr: ["Dans le groupe session\u00a0: un répertoire personnel absent est créé à partir de /etc/skel. pam-auth-update --enable mkhomedir le met dans common-session.", "skel=RÉPERTOIRE :: un autre modèle", "umask=MASQUE :: droits ôtés (0022)"],
  },
  {
    name: "pam_env", otherNames: ["pam_env.conf"], title: { en: "environment of sessions", fr: "environnement des sessions" },
    en: ["It sets the variables of /etc/security/pam_env.conf, then those of /etc/environment (NAME=value lines).", "    LESS DEFAULT=-R OVERRIDE=", "envfile=FILE :: another file than /etc/environment", "readenv=0 :: do not read it"],
    fr: ["Il pose les variables de /etc/security/pam_env.conf, puis celles de /etc/environment (lignes NOM=valeur).", "    LESS DEFAULT=-R OVERRIDE=", "envfile=FICHIER :: un autre fichier que /etc/environment", "readenv=0 :: ne pas le lire"],
  },
];

export const pamPages: readonly ManualPage[] = modules.map(({ name, section = 8, otherNames = [], title, en, fr }) => ({ package: "libpam-modules", name, section, otherNames, title, text: { en: [...en, ...seeAlso], fr: [...fr, ...voirAussi] } }));
