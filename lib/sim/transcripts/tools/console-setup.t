Keyboard and font of the consoles: keyboard-configuration, console-setup.
host: debian-12
user: root

  $ DEBIAN_FRONTEND=noninteractive apt-get install -y keyboard-configuration console-setup kbd > /dev/null 2>&1; grep ^XKB /etc/default/keyboard; grep ^FONT /etc/default/console-setup
  XKBMODEL="pc105"
  XKBLAYOUT="us"
  XKBVARIANT=""
  XKBOPTIONS=""
  FONTFACE="Fixed"
  FONTSIZE="8x16"
  $ setupcon
  setupcon: We are not on the console, the console is left unconfigured.
  $ setupcon --nosuch
  setupcon: Unrecognised option --nosuch
  [1]
  $ setupcon a b
  setupcon: Two variants specified: a and b
  [1]
  $ setupcon --print-commands-only
  setfont '/usr/share/consolefonts/Lat15-Fixed16.psf.gz'
  kbd_mode -u
  ckbcomp -charmap UTF-8 -model pc105 -layout us | loadkeys
  $ localectl | tail -2
     X11 Layout: us
      X11 Model: pc105
  $ echo 'keyboard-configuration keyboard-configuration/layout select French' | debconf-set-selections; debconf-show keyboard-configuration | head -4
    keyboard-configuration/altgr: The default for the keyboard layout
    keyboard-configuration/compose: No compose key
    keyboard-configuration/ctrl_alt_bksp: false
  * keyboard-configuration/layout: French
  $ sed -i 's/^XKBLAYOUT=.*/XKBLAYOUT=fr/; s/^XKBVARIANT=.*/XKBVARIANT=latin9/' /etc/default/keyboard; dpkg-reconfigure -f noninteractive keyboard-configuration; grep ^XKB /etc/default/keyboard; localectl | tail -3
  XKBMODEL="pc105"
  XKBLAYOUT="fr"
  XKBVARIANT="latin9"
  XKBOPTIONS=""
     X11 Layout: fr
      X11 Model: pc105
    X11 Variant: latin9
  $ dumpkeys | grep -m1 'keycode  16'
  keycode  16 = +a              
  $ ls -1 /etc/console-setup; cat /etc/console-setup/cached_setup_keyboard.sh
  cached_setup_font.sh
  cached_setup_keyboard.sh
  cached_setup_terminal.sh
  remap.inc
  #!/bin/sh
  # saved by setupcon
  kbd_mode -u
  ckbcomp -charmap UTF-8 -model pc105 -layout fr -variant latin9 | loadkeys
  $ ckbcomp de | head -3 | cut -c1-50
  keymaps 0-127
  keycode 1 = Escape Escape Escape Escape Escape Esc
  keycode 2 = U+0031 U+0021 U+0031 U+0021 U+0031 U+0
  $ ckbcomp nosuch
  ckbcomp: Can not find file "symbols/nosuch" in any known directory
  [1]
  $ ckbcomp us dvorak | loadkeys; dumpkeys | grep -m1 'keycode  16'
  keycode  16 = apostrophe      
  $ systemctl restart keyboard-setup.service console-setup.service; dumpkeys | grep -m1 'keycode  16'
  keycode  16 = +a              
  $ udevadm trigger --subsystem-match=input --action=change; echo $?
  0
