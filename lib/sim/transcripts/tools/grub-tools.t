GRUB's tools: words and statuses of GRUB 2.06.
host: debian-12

  $ printf 'menuentry "a" {\n true\n' > m; grub-script-check m; printf 'if [ x = y ]; then\n echo a\nfi\nfi\n' | grub-script-check
  error: out of memory.
  error: syntax error.
  error: Incorrect command.
  error: syntax error.
  Syntax error at line 2
  error: syntax error.
  error: Incorrect command.
  error: syntax error.
  Syntax error at line 4
  [1]
  $ printf 'menuentry "a" {\n true\n}\n' | grub-script-check -v; echo > e; grub-script-check e
  menuentry "a" {
   true
  }
  Script `e' contains no commands and will do nothing
  [1]
  $ printf 'secret\nsecret\n' | grub-mkpasswd-pbkdf2 -c 1 -l 8 -s 0; printf 'a\nb\n' | grub-mkpasswd-pbkdf2
  Enter password: 
  Reenter password: 
  PBKDF2 hash of your password is grub.pbkdf2.sha512.1..75ABAC478E69B7A6
  Enter password: 
  Reenter password: 
  grub-mkpasswd-pbkdf2: error: passwords don't match.
  [1]
  $ grub-file --is-x86_64-efi /vmlinuz; echo $?; grub-file --is-foo /vmlinuz
  1
  error: unknown argument `--is-foo'.
  [18]
  $ grub-editenv g set a=1 'b=x\y'; sed -n 3,4p g; grub-editenv g list; grub-editenv g bogus
  a=1
  b=x\\y
  a=1
  b=x\y
  Unknown command `bogus'.
  Usage: grub-editenv [OPTION...] FILENAME COMMAND
  Try 'grub-editenv --help' or 'grub-editenv --usage' for more information.
  [1]
  $ grub-editenv /etc/passwd list; grub-editenv g set "x=$(printf %01000d 1)"
  grub-editenv: error: invalid environment block.
  grub-editenv: error: environment block too small.
  [1]
  $ grub-mkrelpath /tmp/../boot; grub-probe
  /boot
  No path or device is specified.
  Usage: grub-probe [OPTION...] [OPTION]... [PATH|DEVICE]
  Try 'grub-probe --help' or 'grub-probe --usage' for more information.
  [64]
  $ apt-get install -y -qq grub-pc > /dev/null 2>&1; echo 'menuentry "Mine" {' >> /etc/grub.d/40_custom; update-grub 2>&1 | tail -n 5; ls /boot/grub/*.new
  Syntax error at line 126
  Syntax errors are detected in generated GRUB config file.
  Ensure that there are no errors in /etc/default/grub
  and /etc/grub.d/* files or please file a bug report with
  /boot/grub/grub.cfg.new file attached.
  /boot/grub/grub.cfg.new
