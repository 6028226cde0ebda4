// The commands and options of gpg, as gpg(1) groups them. Of options with more than one name the first long one names the setting.
import { flag, type Option, text } from "../kit/option.ts";

const command = (names: readonly string[], help: string): Option<boolean> => flag(names, help);

/** Exactly one of them is what gpg does; some go together (-s, -e, -c). */
export const COMMANDS: readonly Option<boolean>[] = [
  command(["-s", "--sign"], "make a signature"), command(["--clear-sign", "--clearsign"], "make a clear text signature"), command(["-b", "--detach-sign"], "make a detached signature"),
  command(["-e", "--encrypt"], "encrypt data"), command(["-c", "--symmetric"], "encryption only with symmetric cipher"), command(["-d", "--decrypt"], "decrypt data (default)"),
  command(["--verify"], "verify a signature"), command(["-k", "--list-keys", "--list-public-keys", "--list-key"], "list keys"), command(["--list-signatures", "--list-sigs"], "list keys and signatures"),
  command(["--check-signatures", "--check-sigs"], "list and check key signatures"), command(["--fingerprint"], "list keys and fingerprints"), command(["-K", "--list-secret-keys"], "list secret keys"),
  command(["--generate-key", "--gen-key"], "generate a new key pair"), command(["--quick-generate-key", "--quick-gen-key"], "quickly generate a new key pair"),
  command(["--quick-add-uid", "--quick-adduid"], "quickly add a new user-id"), command(["--quick-add-key", "--quick-addkey"], "quickly add a new subkey"), command(["--quick-set-expire"], "quickly set a new expiration date"),
  command(["--quick-sign-key"], "quickly sign a key"), command(["--quick-lsign-key"], "quickly sign a key locally"), command(["--full-generate-key", "--full-gen-key"], "full featured key pair generation"),
  command(["--generate-revocation", "--gen-revoke"], "generate a revocation certificate"), command(["--delete-keys", "--delete-key"], "remove keys from the public keyring"),
  command(["--delete-secret-keys", "--delete-secret-key"], "remove keys from the secret keyring"), command(["--delete-secret-and-public-key", "--delete-secret-and-public-keys"], "remove both"),
  command(["--sign-key"], "sign a key"), command(["--lsign-key"], "sign a key locally"), command(["--edit-key", "--key-edit"], "sign or edit a key"), command(["--change-passphrase", "--passwd"], "change a passphrase"),
  command(["--export"], "export keys"), command(["--export-secret-keys", "--export-secret-key"], "export secret keys"), command(["--export-secret-subkeys"], "export secret subkeys"),
  command(["--send-keys"], "export keys to a keyserver"), command(["--receive-keys", "--recv-keys"], "import keys from a keyserver"), command(["--search-keys"], "search for keys on a keyserver"),
  command(["--refresh-keys"], "update all keys from a keyserver"), command(["--locate-keys"], "find keys"), command(["--import"], "import/merge keys"), command(["--show-keys"], "show the keys of a file"),
  command(["--card-status"], "print the card status"), command(["--update-trustdb"], "update the trust database"), command(["--check-trustdb"], "check the trust database"),
  command(["--export-ownertrust"], "export the ownertrust values"), command(["--import-ownertrust"], "import ownertrust values"), command(["--list-packets"], "list the packets of data"),
  command(["--print-md"], "print message digests"), command(["--print-mds"], "print all message digests"), command(["--gen-random"], "generate random bytes"), command(["--enarmor"], "wrap data in armor"), command(["--dearmor"], "unwrap armored data"),
  command(["--version"], "the version"), command(["-h", "--help"], "this help"),
];

export const OPTIONS: readonly Option<unknown>[] = [
  flag(["-a", "--armor", "--armour"], "create ascii armored output"), text(["-r", "--recipient"], "USER-ID", "encrypt for USER-ID"), text(["-R", "--hidden-recipient"], "USER-ID", "encrypt for USER-ID without saying so"), text(["-u", "--local-user"], "USER-ID", "use USER-ID to sign or decrypt"),
  text(["-o", "--output"], "FILE", "write output to FILE"), flag(["-q", "--quiet"], "be somewhat more quiet"), flag(["-v", "--verbose"], "verbose"), flag(["-n", "--dry-run"], "do not make any changes"), flag(["-i", "--interactive"], "prompt before overwriting"),
  flag(["--batch"], "never ask"), flag(["--no-batch"], "ask"), flag(["--yes"], "assume yes on most questions"), flag(["--no"], "assume no on most questions"), flag(["--no-tty"], "never use the terminal"), text(["--homedir"], "DIR", "the home directory"),
  text(["--default-key"], "NAME", "the key to sign with"), text(["--encrypt-to"], "NAME", "encrypt to this one too"), flag(["--default-recipient-self"], "the default key as recipient"), text(["--default-recipient"], "NAME", "a default recipient"),
  text(["--passphrase"], "STRING", "the passphrase"), text(["--passphrase-fd"], "N", "read the passphrase from there"), text(["--passphrase-file"], "FILE", "read the passphrase from a file"), text(["--passphrase-repeat"], "N", "how often to ask"), text(["--pinentry-mode"], "MODE", "default, ask, cancel, error or loopback"),
  text(["--command-fd"], "N", "read answers from there"), text(["--status-fd"], "N", "write status lines there"), text(["--logger-fd"], "N", "write messages there"), text(["--keyid-format"], "FORMAT", "none, short, 0xshort, long or 0xlong"), flag(["--with-colons"], "a format for programs"),
  flag(["--with-fingerprint"], "show fingerprints"), flag(["--with-subkey-fingerprint", "--with-subkey-fingerprints"], "show the fingerprints of subkeys"), flag(["--with-keygrip"], "show keygrips"), flag(["--with-secret"], "mark secret keys"), flag(["--with-sig-list"], "list signatures too"), flag(["--with-sig-check"], "list and check signatures too"), flag(["--fixed-list-mode"], "always so"),
  text(["--list-options"], "OPTIONS", "what lists show"), text(["--verify-options"], "OPTIONS", "what verification shows"), text(["--export-options"], "OPTIONS", "what is exported"), text(["--import-options"], "OPTIONS", "what is imported"), text(["--keyserver-options"], "OPTIONS", "for keyservers"),
  text(["--keyserver"], "URL", "the keyserver"), text(["--keyring"], "FILE", "another keyring"), flag(["--no-default-keyring"], "not the default keyring"), text(["--secret-keyring"], "FILE", "no longer used"), text(["--trust-model"], "MODEL", "pgp, classic, direct, always or auto"), flag(["--always-trust"], "trust every key"), flag(["--no-auto-check-trustdb"], "do not check the trust database"), flag(["--auto-check-trustdb"], "check it"),
  text(["--cipher-algo"], "NAME", "AES, AES192 or AES256"), text(["--digest-algo"], "NAME", "a message digest"), text(["--cert-digest-algo"], "NAME", "a digest for certifications"), text(["--compress-algo"], "NAME", "none, zip or zlib"), text(["-z"], "N", "level of compression"), text(["--s2k-count"], "N", "rounds for passphrases"), text(["--s2k-cipher-algo"], "NAME", "cipher for passphrases"), text(["--s2k-digest-algo"], "NAME", "digest for passphrases"), text(["--s2k-mode"], "N", "mode for passphrases"),
  flag(["-t", "--textmode"], "canonical text"), text(["--set-filename"], "NAME", "the name stored in messages"), text(["--comment"], "TEXT", "a comment in armor"), flag(["--no-comments"], "without comments"), flag(["--no-emit-version"], "without the version"), flag(["--expert"], "allow more"), flag(["--allow-freeform-uid"], "any user ID"), flag(["--no-greeting"], "without the first lines"), flag(["--no-secmem-warning"], "without a warning"), flag(["--no-permission-warning"], "without a warning"), text(["--options"], "FILE", "read options from a file"), flag(["--no-options"], "read none"), flag(["--no-symkey-cache"], "do not keep passphrases"), flag(["--openpgp"], "as OpenPGP says"), flag(["--no-armor"], "binary input"), flag(["--use-agent"], "always so"), text(["--default-new-key-algo"], "STRING", "algorithm of new keys"), text(["--max-output"], "N", "most bytes of output"), flag(["--multifile"], "several files"), text(["--display-charset"], "NAME", "character set"), text(["--charset"], "NAME", "character set"), flag(["--ignore-time-conflict"], "do not mind clocks"), text(["--faked-system-time"], "TIME", "another time"),
  text(["--auto-key-locate"], "WHERE", "where to look for keys"), flag(["--no-auto-key-locate"], "look nowhere"), text(["--default-cert-level"], "N", "level of certifications"), flag(["--ask-cert-level"], "ask for it"), text(["--debug-level"], "LEVEL", "how much to say"), flag(["--disable-dirmngr"], "no network"), flag(["--no-autostart"], "start no agent"), flag(["--exit-on-status-write-error"], "stop when status lines cannot be written"), flag(["--lock-never"], "no locks"), flag(["--skip-verify"], "do not verify"),
];

/** The first long name without its dashes. */
export function settingName(option: Option<unknown>): string {
  return (option.names.find((name) => name.startsWith("--")) ?? option.names[0] ?? "").replace(/^-+/, "");
}
