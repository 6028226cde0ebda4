// The words that stand for an argument in a synopsis: FILE is FICHIER in French. What a learner must type as it stands ("install", "--all") is not among them.

/** In capitals, wherever they stand; a digit behind is kept (FILE1). */
const CAPITALS = new Map(`
ADDRESS ADRESSE|ADMIN ADMINISTRATEUR|AGENT AGENT|APPLET APPLET|ARCHIVE ARCHIVE|ARG ARG|ARGS ARGS|ARGUMENT ARGUMENT|ARGUMENTS ARGUMENTS|ATTR ATTRIBUT|BEHAVIOR COMPORTEMENT|BITS BITS|BLOCKS BLOCS
BOOL BOOLÉEN|BYTES OCTETS|CACHE CACHE|CHANGES MODIFICATIONS|CHAR CARACTÈRE|CHARACTER CARACTÈRE|CHARS CARACTÈRES|CHUNKS MORCEAUX|CLASS CLASSE|CMD COMMANDE|COLS COLONNES|COLUMN COLONNE|COLUMNS COLONNES
COMMAND COMMANDE|COMMANDS COMMANDES|COMMENT COMMENTAIRE|CONDITION CONDITION|CONFIG CONFIGURATION|CONTAINER CONTENEUR|CONTENT CONTENU|CONTEXT CONTEXTE|CONTROL MÉTHODE|CONVS CONVERSIONS|COUNT NOMBRE|CTX CONTEXTE
CURRENT ACTUEL|DATA DONNÉES|DATE DATE|DATEFILE FICHIER_DATES|DAY JOUR|DAYS JOURS|DELAY DÉLAI|DELIM DÉLIM|DEST CIBLE|DESTINATION DESTINATION|DEVICE PÉRIPHÉRIQUE|DIGITS CHIFFRES|DIR RÉP|DIRECTIVE DIRECTIVE|DIRECTORY RÉPERTOIRE
DISK DISQUE|DOMAIN DOMAINE|DOMNAME DOMAINE|DURATION DURÉE|ENTRY ENTRÉE|EXPR EXPR|EXPRESSION EXPRESSION|EXTENSION EXTENSION|FACILITY SERVICE|FAMILY FAMILLE|FIELD CHAMP|FIELDS CHAMPS|FILE FICHIER|FILENAME FICHIER|FILENUM NUMÉRO
FILES FICHIERS|FILTER FILTRE|FIRST PREMIER|FLAG DRAPEAU|FLAGS DRAPEAUX|FMT FORMAT|FROM DÉBUT|GROUP GROUPE|GROUPS GROUPES|GRP GROUPE|HANDLE IDENTIFIANT|HEADER EN-TÊTE|HOST HÔTE|HOSTNAME HÔTE|HOW MANIÈRE|INCREMENT PAS
INPUT ENTRÉE|INTEGER ENTIER|INTERFACE INTERFACE|KEY CLÉ|KEYDEF CLÉ|KEYWORD MOT_CLÉ|KEYWORDS MOTS_CLÉS|LABEL ÉTIQUETTE|LAST DERNIER|LENGTH LONGUEUR|LEVEL NIVEAU|LEVELS NIVEAUX|LIMIT LIMITE|LINE LIGNE|LINES LIGNES|LINK LIEN|LIST LISTE
LOCALE LOCALE|LOCATION EMPLACEMENT|LONG LONGUE|MACHINE MACHINE|MAJOR MAJEUR|MARGIN MARGE|MATCHES CORRESPONDANCES|MATCHER MOTEUR|MEMBER MEMBRE|MEMORY MÉMOIRE|METHOD MÉTHODE|MINOR MINEUR|MINUTES MINUTES|MODE MODE|MODEL MODÈLE|MODULE MODULE
MYFILE MON_FICHIER|NAME NOM|NAMES NOMS|NETWORK RÉSEAU|NEW NOUVEAU|NEWROOT NOUV_RACINE|NUM N|NUMBER NOMBRE|OBJECT OBJET|OCTAL OCTAL|OFFSET DÉCALAGE|OLDFILE ANCIEN_FICHIER|OPERAND OPÉRANDE|OPERATIONS OPÉRATIONS|OPTION OPTION|OPTIONS OPTIONS
ORDER ORDRE|ORIGFILE FICHIER_ORIGINAL|OUTFILE FICHIER_SORTIE|OUTPUT SORTIE|OWNER PROPRIÉTAIRE|PACKAGE PAQUET|PAGE PAGE|PAGER AFFICHEUR|PARAMETER PARAMÈTRE|PARAMETERS PARAMÈTRES|PARTITION PARTITION|PASSWORD MOT_DE_PASSE|PATCHFILE CORRECTIF
PATH CHEMIN|PATHS CHEMINS|PATTERN MOTIF|PATTERNS MOTIFS|PERMISSIONS DROITS|PORT PORT|PREFIX PRÉFIXE|PRIORITY PRIORITÉ|PROG PROGRAMME|PROGRAM PROGRAMME|PROMPT INVITE|PROPERTY PROPRIÉTÉ|QUERY REQUÊTE|RADIX BASE|RANGE PLAGE|RATE DÉBIT|REFERENCE RÉFÉRENCE
REGEXP EXPRESSION|RFILE FICHIER_R|ROLE RÔLE|ROOT RACINE|ROUNDS TOURS|RULE RÈGLE|SCRIPT SCRIPT|SECONDS SECONDES|SECS SECONDES|SECTION SECTION|SELECTOR SÉLECTEUR|SEP SÉP|SEPARATOR SÉPARATEUR|SESSION SESSION|SET ENSEMBLE|SETTING RÉGLAGE|SHELL SHELL
SHORT COURTE|SIG SIGNAL|SIGNAL SIGNAL|SIZE TAILLE|SKEL SQUELETTE|SKIP SAUT|SLICE TRANCHE|SOURCE SOURCE|SPACE ESPACE|STAMP DATE|STATE ÉTAT|STEP ÉTAPE|STORAGE STOCKAGE|STR CHAÎNE|STRING CHAÎNE|STRSIZE LONGUEUR|STYLE STYLE|SUBCOMMAND SOUS-COMMANDE|SUF SUFFIXE|SUFF SUFFIXE
SUFFIX SUFFIXE|SYSTEM SYSTÈME|TABLE TABLE|TAG ÉTIQUETTE|TARGET CIBLE|TEMPLATE MODÈLE|TERMINAL TERMINAL|TEST TEST|TEXT TEXTE|TIME DATE|TIMESTAMP DATE|TIMEZONE FUSEAU|TYPE TYPE|UNIT UNITÉ|URL URL|USER UTILISATEUR|USERNAME UTILISATEUR|USERS UTILISATEURS
VAL VALEUR|VALUE VALEUR|VAR VAR|VARIABLE VARIABLE|VARIANT VARIANTE|VERSION VERSION|WEIGHT POIDS|WHAT QUOI|WHEN QUAND|WHOM CIBLE|WIDTH LARGEUR|WORD MOT|YOURFILE VOTRE_FICHIER|OR OU|ATTR_LIST LISTE_ATTR|COMMAND_STRING CHAÎNE_COMMANDE|FIELD_LIST LISTE_CHAMPS|LINK_NAME NOM_LIEN|PAGE_LENGTH LONGUEUR_PAGE|PAGE_WIDTH LARGEUR_PAGE|FIRST_PAGE PREMIÈRE_PAGE|LAST_PAGE DERNIÈRE_PAGE|G_LIST LISTE_G|TIME_STYLE STYLE_DATE
CURRENT_OWNER PROPRIÉTAIRE_ACTUEL|CURRENT_GROUP GROUPE_ACTUEL|LAST_DAY DERNIER_JOUR|EXPIRE_DATE DATE_FIN_VALIDITÉ|INACTIVE INACTIF|MIN_DAYS JOURS_MIN|MAX_DAYS JOURS_MAX|CHROOT_DIR RÉP_CHROOT|WARN_DAYS JOURS_AVERT|FULL_NAME NOM_COMPLET|HOME_PHONE TÉL_PERSO|OTHER_INFO AUTRE
ROOM_NUMBER NUMÉRO_BUREAU|WORK_PHONE TÉL_PRO|PREFIX_DIR RÉP_PRÉFIXE|NEW_GROUP NOUVEAU_GROUPE|REPOSITORY DÉPÔT|BASE_DIR RÉP_BASE|HOME_DIR RÉP_PERSO|SKEL_DIR RÉP_SQUELETTE|NEW_LOGIN NOUVEL_IDENTIFIANT|ACTION ACTION|EXECUTABLE EXÉCUTABLE|MASK MASQUE|SCHEDULE CALENDRIER|RELEASE PUBLICATION
`.trim().split(/[|\n]/).map((pair): [string, string] => [pair.slice(0, pair.indexOf(" ")), pair.slice(pair.indexOf(" ") + 1)]));

/** In small letters, where the whole placeholder is one of them. */
const SMALL = new Map(`
addr adresse|address adresse|delay délai|argument argument|bits bits|blocksize taille|block-size taille|blocks-per-group nombre|bytes octets|bytes-per-inode octets|caps capacités|cgroup_path chemin|char caractère|class classe|cols colonnes|column colonne
columns colonnes|cmd commande|command commande|comment commentaire|config fichier|config_dir répertoire|config_file fichier|configfile fichier|controller contrôleur|controllers contrôleurs|count nombre|cycles cycles|data données|db base|deadline délai|destination destination
dev périphérique|device périphérique|dir rép|directives directives|directory répertoire|dirs répertoires|disk disque|errors-behavior comportement|expression expression|extended-option[,...] option_étendue[,...]|fd descripteur|feature[,...] fonction[,...]|file fichier
file... fichier...|filename fichier|filesystem système_de_fichiers|file_descriptor_number descripteur|format format|fs-type type|full_name nom_complet|gid gid|group groupe|group,... groupe,...|groups groupes|header en-tête|host hôte|hostname hôte|id id|inode-size taille
interface interface|interval intervalle|journal-options options_du_journal|key clé|label étiquette|len longueur|length longueur|level niveau|life durée|limit limite|line ligne|logfile journal|log_file journal|login_name utilisateur|logins utilisateurs
max-mounts-count nombre|message message|method méthode|mode mode|month mois|months mois|mount-count nombre|mountpoint point_de_montage|name nom|name=value nom=valeur|names noms|namespace espace_de_noms|num n|number nombre|number-of-inodes nombre|off décalage
offset décalage|operation opération|opts options|option option|options options|outfile sortie|parameter paramètre|parameters paramètres|partition partition|part partition|password mot_de_passe|passphrase phrase_secrète|new_passphrase nouvelle_phrase|path chemin|pathname chemin
pattern motif|percent pourcentage|percentage pourcentage|pgid pgid|pgrp groupe|pid pid|pidfile fichier_pid|pid... pid...|policy politique|port port|prio priorité|priority priorité|progname nom|program programme|prompt invite|properties propriétés|queue file|repeat répétitions|resource ressource
rounds tours|sec secondes|secs secondes|seconds secondes|sender expéditeur|shell shell|sig signal|signal signal|signame signal|size taille|socket socket|socket-name nom|socket-path chemin|source source|spec spécification|src source|statefile fichier_d'état|string chaîne
subject sujet|superblock superbloc|table table|tag étiquette|target cible|text texte|tid tid|time date|timeout délai|token valeur|tty terminal|ttyname terminal|type type|uid uid|unit unité|usage-type usage|user utilisateur|username utilisateur|uuid uuid|value valeur|version version
volume-label étiquette|when quand|width largeur|word mot|files fichiers|files... fichiers...|args args|packages paquets|modulename module|shellname shell|commands commandes|devices périphériques|chain chaîne|rulenum numéro|year année|job tâche|infile entrée
command... commande...|process processus|recipient destinataire|separator séparateur|server serveur|timespec moment|timeformat format|database base|rule-specification règle|fs-options options_sf|domain domaine|logical logique|keyfile fichier_de_clé|disk_image image_disque|input-file fichier_d'entrée
`.trim().split(/[|\n]/).map((pair): [string, string] => [pair.slice(0, pair.indexOf(" ")), pair.slice(pair.indexOf(" ") + 1)]));

/** What stands behind an option in --help. */
export function frenchPlaceholder(argument: string): string {
  return SMALL.get(argument) ?? frenchCapitals(argument);
}

function frenchCapitals(text: string): string {
  // not in an option's cluster of letters (-BMS), a variable or a path
  return text.replace(/(?<![A-Za-z$/%]|(?<![A-Z])-)[A-Z][A-Z_]*[A-Z]/g, (name) => CAPITALS.get(name) ?? name.split("_").map((part) => CAPITALS.get(part) ?? part).join("_"));
}

/** "[OPTION]... [FILE]..." is "[OPTION]... [FICHIER]...", "<file>" is "<fichier>" and "[-f file]" is "[-f fichier]"; names of options and what stands in a choice (a|b) are typed as they are. */
export function frenchSynopsis(synopsis: string): string {
  return frenchCapitals(synopsis)
    .replace(/<([^<>]+)>/g, (whole, name: string) => (SMALL.has(name) ? `<${SMALL.get(name) ?? ""}>` : whole))
    .replace(/(?<![\w=|./@<-])[a-z][a-z_]+(?:-[a-z]+)*(?![\w=|:/@>-]|\.\w)/gu, (name) => SMALL.get(name) ?? name);
}
