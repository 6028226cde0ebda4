gpg 2.2.40 of Debian 12: keys, signatures, encryption, trust. Texts as the real one gives them; each kind of file was read by the real gpg too.
host: debian-12

  $ apt-get install -y -qq gnupg >/dev/null 2>&1; dpkg -S $(which gpg gpg-agent gpgconf gpgv gpg-connect-agent) | sort
  gpg-agent: /usr/bin/gpg-agent
  gpg: /usr/bin/gpg
  gpgconf: /usr/bin/gpg-connect-agent
  gpgconf: /usr/bin/gpgconf
  gpgv: /usr/bin/gpgv
  $ gpg --version | sed -n '1,2p;9p'
  gpg (GnuPG) 2.2.40
  libgcrypt 1.10.1
  Supported algorithms:
  $ gpg -k
  gpg: directory '/root/.gnupg' created
  gpg: keybox '/root/.gnupg/pubring.kbx' created
  gpg: /root/.gnupg/trustdb.gpg: trustdb created
  $ stat -c '%A %n' ~/.gnupg ~/.gnupg/*
  drwx------ /root/.gnupg
  -rw------- /root/.gnupg/pubring.kbx
  -rw------- /root/.gnupg/trustdb.gpg
  $ gpg --batch --passphrase '' --quick-generate-key 'Alice <alice@example.org>'
  gpg: directory '/root/.gnupg/openpgp-revocs.d' created
  gpg: revocation certificate stored as '/root/.gnupg/openpgp-revocs.d/7B7429B88668990DBD624ADF9B6DA89E1E20CD2F.rev'
  $ gpg --batch --pinentry-mode loopback --passphrase secret --quick-generate-key 'Bob <bob@example.org>' future-default
  gpg: revocation certificate stored as '/root/.gnupg/openpgp-revocs.d/E00815832431443234DCF41905213CD4AC296D85.rev'
  $ gpg -K
  gpg: checking the trustdb
  gpg: marginals needed: 3  completes needed: 1  trust model: pgp
  gpg: depth: 0  valid:   2  signed:   0  trust: 0-, 0q, 0n, 0m, 0f, 2u
  gpg: next trustdb check due at 2028-11-20
  /root/.gnupg/pubring.kbx
  ------------------------
  sec   rsa3072 2026-11-21 [SC] [expires: 2028-11-20]
        7B7429B88668990DBD624ADF9B6DA89E1E20CD2F
  uid           [ultimate] Alice <alice@example.org>
  ssb   rsa3072 2026-11-21 [E]

  sec   ed25519 2026-11-21 [SC] [expires: 2028-11-20]
        E00815832431443234DCF41905213CD4AC296D85
  uid           [ultimate] Bob <bob@example.org>
  ssb   cv25519 2026-11-21 [E]
  $ (cd ~/.gnupg; stat -c '%A %n' pubring.kbx* trustdb.gpg private-keys-v1.d openpgp-revocs.d S.gpg-agent; ls private-keys-v1.d | wc -l; pgrep -a gpg-agent | cut -d' ' -f2-)
  -rw-r--r-- pubring.kbx
  -rw------- pubring.kbx~
  -rw------- trustdb.gpg
  drwx------ private-keys-v1.d
  drwx------ openpgp-revocs.d
  srwx------ S.gpg-agent
  4
  gpg-agent --homedir /root/.gnupg --use-standard-socket --daemon
  $ echo hello > f; gpg --clearsign f; sed -n '1,5p' f.asc; gpg --verify f.asc
  -----BEGIN PGP SIGNED MESSAGE-----
  Hash: SHA512

  hello
  -----BEGIN PGP SIGNATURE-----
  gpg: Signature made Sat Nov 21 21:09:03 2026 UTC
  gpg:                using RSA key 7B7429B88668990DBD624ADF9B6DA89E1E20CD2F
  gpg: Good signature from "Alice <alice@example.org>" [ultimate]
  $ gpg -o f.sig -b f; gpg --verify f.sig f; echo more >> f; gpg --verify f.sig f
  gpg: Signature made Sat Nov 21 21:09:03 2026 UTC
  gpg:                using RSA key 7B7429B88668990DBD624ADF9B6DA89E1E20CD2F
  gpg: Good signature from "Alice <alice@example.org>" [ultimate]
  gpg: Signature made Sat Nov 21 21:09:03 2026 UTC
  gpg:                using RSA key 7B7429B88668990DBD624ADF9B6DA89E1E20CD2F
  gpg: BAD signature from "Alice <alice@example.org>" [ultimate]
  [1]
  $ gpg -e -r bob f; gpg --list-packets f.gpg | grep -v data:; gpg -d f.gpg; gpg-connect-agent 'keyinfo --list' /bye | cut -c1-10,52-; gpgconf --kill gpg-agent; gpg --batch --pinentry-mode loopback --passphrase wrong -d f.gpg
  gpg: encrypted with 255-bit ECDH key, ID 0F39B92AF5539162, created 2026-11-21
        "Bob <bob@example.org>"
  # off=0 ctb=84 tag=1 hlen=2 plen=94
  :pubkey enc packet: version 3, algo 18, keyid 0F39B92AF5539162
  # off=96 ctb=d2 tag=18 hlen=2 plen=71 new-ctb
  :encrypted data packet:
  	length: 71
  	mdc_method: 2
  gpg: encrypted with 255-bit ECDH key, ID 0F39B92AF5539162, created 2026-11-21
        "Bob <bob@example.org>"
  hello
  more
  S KEYINFO D - - - C - - -
  S KEYINFO D - - 1 P - - -
  S KEYINFO D - - - C - - -
  S KEYINFO D - - 1 P - - -
  OK
  gpg: encrypted with 255-bit ECDH key, ID 0F39B92AF5539162, created 2026-11-21
        "Bob <bob@example.org>"
  gpg: public key decryption failed: Bad passphrase
  gpg: decryption failed: No secret key
  [2]
  $ gpg --batch --pinentry-mode loopback --passphrase pw -c -o c.gpg f; gpg --batch --pinentry-mode loopback --passphrase pw -d c.gpg; gpg --batch --pinentry-mode loopback --passphrase no -d c.gpg
  gpg: AES256.CFB encrypted data
  gpg: encrypted with 1 passphrase
  hello
  more
  gpg: AES256.CFB encrypted data
  gpg: encrypted with 1 passphrase
  gpg: decryption failed: Bad session key
  [2]
  $ gpg --export -a alice > alice.asc; mkdir -m 700 /tmp/h; export GNUPGHOME=/tmp/h; gpg --import alice.asc; gpg --import alice.asc; gpg -k; gpg --verify f.asc; gpg --batch -e -r alice -o n.gpg f
  gpg: keybox '/tmp/h/pubring.kbx' created
  gpg: /tmp/h/trustdb.gpg: trustdb created
  gpg: key 9B6DA89E1E20CD2F: public key "Alice <alice@example.org>" imported
  gpg: Total number processed: 1
  gpg:               imported: 1
  gpg: key 9B6DA89E1E20CD2F: "Alice <alice@example.org>" not changed
  gpg: Total number processed: 1
  gpg:              unchanged: 1
  /tmp/h/pubring.kbx
  ------------------
  pub   rsa3072 2026-11-21 [SC] [expires: 2028-11-20]
        7B7429B88668990DBD624ADF9B6DA89E1E20CD2F
  uid           [ unknown] Alice <alice@example.org>
  sub   rsa3072 2026-11-21 [E]

  gpg: Signature made Sat Nov 21 21:09:03 2026 UTC
  gpg:                using RSA key 7B7429B88668990DBD624ADF9B6DA89E1E20CD2F
  gpg: Good signature from "Alice <alice@example.org>" [unknown]
  gpg: WARNING: This key is not certified with a trusted signature!
  gpg:          There is no indication that the signature belongs to the owner.
  Primary key fingerprint: 7B74 29B8 8668 990D BD62  4ADF 9B6D A89E 1E20 CD2F
  gpg: A2459CCF87FB1028: There is no assurance this key belongs to the named user
  gpg: f: encryption failed: Unusable public key
  [2]
  $ printf '5\ny\nquit\n' | gpg --command-fd 0 --edit-key alice trust 2>&1 | tail -12; gpg -k
  gpg (GnuPG) 2.2.40; Copyright (C) 2022 g10 Code GmbH
  This is free software: you are free to change and redistribute it.
  There is NO WARRANTY, to the extent permitted by law.


  pub  rsa3072/9B6DA89E1E20CD2F
       created: 2026-11-21  expires: 2028-11-20  usage: SC  
       trust: unknown       validity: unknown
  sub  rsa3072/A2459CCF87FB1028
       created: 2026-11-21  expires: never       usage: E   
  [ unknown] (1). Alice <alice@example.org>

  pub  rsa3072/9B6DA89E1E20CD2F
       created: 2026-11-21  expires: 2028-11-20  usage: SC  
       trust: unknown       validity: unknown
  sub  rsa3072/A2459CCF87FB1028
       created: 2026-11-21  expires: never       usage: E   
  [ unknown] (1). Alice <alice@example.org>

  Please decide how far you trust this user to correctly verify other users' keys
  (by looking at passports, checking fingerprints from different sources, etc.)

    1 = I don't know or won't say
    2 = I do NOT trust
    3 = I trust marginally
    4 = I trust fully
    5 = I trust ultimately
    m = back to the main menu


  pub  rsa3072/9B6DA89E1E20CD2F
       created: 2026-11-21  expires: 2028-11-20  usage: SC  
       trust: ultimate      validity: unknown
  sub  rsa3072/A2459CCF87FB1028
       created: 2026-11-21  expires: never       usage: E   
  [ unknown] (1). Alice <alice@example.org>
  Please note that the shown key validity is not necessarily correct
  unless you restart the program.

  gpg: checking the trustdb
  gpg: marginals needed: 3  completes needed: 1  trust model: pgp
  gpg: depth: 0  valid:   1  signed:   0  trust: 0-, 0q, 0n, 0m, 0f, 1u
  gpg: next trustdb check due at 2028-11-20
  /tmp/h/pubring.kbx
  ------------------
  pub   rsa3072 2026-11-21 [SC] [expires: 2028-11-20]
        7B7429B88668990DBD624ADF9B6DA89E1E20CD2F
  uid           [ultimate] Alice <alice@example.org>
  sub   rsa3072 2026-11-21 [E]
  $ unset GNUPGHOME; gpg --fingerprint alice; gpg -k --keyid-format long bob; gpg --with-colons -k alice; gpg --list-sigs alice
  pub   rsa3072 2026-11-21 [SC] [expires: 2028-11-20]
        7B74 29B8 8668 990D BD62  4ADF 9B6D A89E 1E20 CD2F
  uid           [ultimate] Alice <alice@example.org>
  sub   rsa3072 2026-11-21 [E]

  pub   ed25519/05213CD4AC296D85 2026-11-21 [SC] [expires: 2028-11-20]
        E00815832431443234DCF41905213CD4AC296D85
  uid                 [ultimate] Bob <bob@example.org>
  sub   cv25519/0F39B92AF5539162 2026-11-21 [E]

  pub:u:3072:1:9B6DA89E1E20CD2F:1795295342:1858367342::u:::scESC::::::23::0:
  fpr:::::::::7B7429B88668990DBD624ADF9B6DA89E1E20CD2F:
  uid:u::::1795295342::76BD147C838E2BFA15D0FED1963B6820282E9515::Alice <alice@example.org>::::::::::0:
  sub:u:3072:1:A2459CCF87FB1028:1795295342::::::e::::::23:
  fpr:::::::::AAB1D606ECB1E5B9A3B1AFABA2459CCF87FB1028:
  pub   rsa3072 2026-11-21 [SC] [expires: 2028-11-20]
        7B7429B88668990DBD624ADF9B6DA89E1E20CD2F
  uid           [ultimate] Alice <alice@example.org>
  sig 3        9B6DA89E1E20CD2F 2026-11-21  Alice <alice@example.org>
  sub   rsa3072 2026-11-21 [E]
  sig          9B6DA89E1E20CD2F 2026-11-21  Alice <alice@example.org>
  $ gpg -k nobody; gpg --foo; gpg -e -r nobody f; gpg --import f; gpg -d /nonexistent; gpg --recv-keys 12345678; gpg --no-greeting --delete-keys alice
  gpg: error reading key: No public key
  invalid option "--foo"
  gpg: nobody: skipped: No public key
  gpg: f: encryption failed: No public key
  gpg: no valid OpenPGP data found.
  gpg: Total number processed: 0
  gpg: can't open '/nonexistent': No such file or directory
  gpg: decrypt_message failed: No such file or directory
  gpg: keyserver receive failed: No name
  gpg: there is a secret key for public key "alice"!
  gpg: use option "--delete-secret-keys" to delete it first.
  [2]
  $ gpg --export alice > ring.gpg; gpgv --keyring ./ring.gpg f.asc; gpgv f.asc
  gpgv: Signature made Sat Nov 21 21:09:03 2026 UTC
  gpgv:                using RSA key 7B7429B88668990DBD624ADF9B6DA89E1E20CD2F
  gpgv: Good signature from "Alice <alice@example.org>"
  gpgv: unknown type of key resource 'trustedkeys.kbx'
  gpgv: keyblock resource '/root/.gnupg/trustedkeys.kbx': General error
  gpgv: Signature made Sat Nov 21 21:09:03 2026 UTC
  gpgv:                using RSA key 7B7429B88668990DBD624ADF9B6DA89E1E20CD2F
  gpgv: Can't check signature: No public key
  [2]
  $ printf 'y\n1\nlost\n\ny\n' | gpg --command-fd 0 -o rev.asc --gen-revoke alice | head -3; gpg --import rev.asc; gpg -k alice; gpg -e -r alice f

  sec  rsa3072/9B6DA89E1E20CD2F 2026-11-21 Alice <alice@example.org>

  Please select the reason for the revocation:
    0 = No reason specified
    1 = Key has been compromised
    2 = Key is superseded
    3 = Key is no longer used
    Q = Cancel
  (Probably you want to select 1 here)
  Enter an optional description; end it with an empty line:
  Reason for revocation: Key has been compromised
  lost
  ASCII armored output forced.
  Revocation certificate created.

  Please move it to a medium which you can hide away; if Mallory gets
  access to this certificate he can use it to make your key unusable.
  It is smart to print this certificate and store it away, just in case
  your media become unreadable.  But have some caution:  The print system of
  your machine might store the data and make it available to others!
  gpg: key 9B6DA89E1E20CD2F: "Alice <alice@example.org>" revocation certificate imported
  gpg: Total number processed: 1
  gpg:    new key revocations: 1
  gpg: marginals needed: 3  completes needed: 1  trust model: pgp
  gpg: depth: 0  valid:   2  signed:   0  trust: 0-, 0q, 0n, 0m, 0f, 2u
  gpg: next trustdb check due at 2028-11-20
  pub   rsa3072 2026-11-21 [SC] [revoked: 2026-11-21]
        7B7429B88668990DBD624ADF9B6DA89E1E20CD2F
  uid           [ revoked] Alice <alice@example.org>

  gpg: alice: skipped: No public key
  gpg: f: encryption failed: No public key
  [2]
  $ gpg --batch --yes --delete-secret-and-public-key $(gpg --with-colons -k alice | awk -F: '/^fpr/ { print $10; exit }'); gpg -K
  gpg: checking the trustdb
  gpg: marginals needed: 3  completes needed: 1  trust model: pgp
  gpg: depth: 0  valid:   1  signed:   0  trust: 0-, 0q, 0n, 0m, 0f, 1u
  gpg: next trustdb check due at 2028-11-20
  /root/.gnupg/pubring.kbx
  ------------------------
  sec   ed25519 2026-11-21 [SC] [expires: 2028-11-20]
        E00815832431443234DCF41905213CD4AC296D85
  uid           [ultimate] Bob <bob@example.org>
  ssb   cv25519 2026-11-21 [E]
  $ { printf a | gpg --print-md sha1; printf a | gpg --enarmor; gpg --batch --gen-key <<< $'%no-protection\nKey-Type: eddsa\nKey-Curve: ed25519\nName-Real: Batch User\nExpire-Date: 1y\n%commit'; gpg -k batch; } 2>&1 | sed 's/[0-9A-F]\{40\}/FINGERPRINT/'
  86F7 E437 FAA5 A7FC E15D  1DDC B9EA EAEA 3776 67B8
  -----BEGIN PGP ARMORED FILE-----
  Comment: Use "gpg --dearmor" for unpacking

  YQ==
  =8lcT
  -----END PGP ARMORED FILE-----
  gpg: revocation certificate stored as '/root/.gnupg/openpgp-revocs.d/FINGERPRINT.rev'
  gpg: checking the trustdb
  gpg: marginals needed: 3  completes needed: 1  trust model: pgp
  gpg: depth: 0  valid:   2  signed:   0  trust: 0-, 0q, 0n, 0m, 0f, 2u
  gpg: next trustdb check due at 2027-11-21
  pub   ed25519 2026-11-21 [SCA] [expires: 2027-11-21]
        FINGERPRINT
  uid           [ultimate] Batch User
