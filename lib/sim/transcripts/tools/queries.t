ssh -Q and man -K; names recorded from OpenSSH 9.2p1.
host: debian-12

  $ ssh -Q cipher; ssh -Q kex-gss | head -2; ssh -Q key-plain; ssh -Q MACs | wc -l; ssh -Q zz
  3des-cbc
  aes128-cbc
  aes192-cbc
  aes256-cbc
  aes128-ctr
  aes192-ctr
  aes256-ctr
  aes128-gcm@openssh.com
  aes256-gcm@openssh.com
  chacha20-poly1305@openssh.com
  gss-gex-sha1-
  gss-group1-sha1-
  ssh-ed25519
  sk-ssh-ed25519@openssh.com
  ecdsa-sha2-nistp256
  ecdsa-sha2-nistp384
  ecdsa-sha2-nistp521
  sk-ecdsa-sha2-nistp256@openssh.com
  ssh-dss
  ssh-rsa
  16
  Unsupported query "zz"
  [255]
  $ man -Kw 'frobnicate the zz'; man -K; man -Kw 'show this help' | grep -c man1/l
  No manual entry for frobnicate the zz
  What manual page do you want?
  For example, try 'man man'.
  16
