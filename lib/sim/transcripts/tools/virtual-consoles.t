Virtual consoles and their keyboards: kbd, with console-data.
host: debian-12
user: root

  $ chvt 2
  bash: chvt: command not found
  [127]
  $ apt-get install -y kbd console-data > /dev/null 2>&1; dpkg -l kbd console-data | tail -2 | cut -c1-40
  ii  console-data   2:1.12-9     all     
  ii  kbd            2.5.1-1+b1   amd64   
  $ fgconsole; cat /sys/class/tty/tty0/active
  1
  tty1
  $ chvt 3; fgconsole; fgconsole -n; ls -l /dev/tty3 | cut -c1-24
  3
  2
  crw--w---- 1 root tty 4,
  $ deallocvt 1
  deallocvt: VT 1 is the console and cannot be deallocated
  [1]
  $ deallocvt a
  deallocvt: Unrecognized argument: a
  
  Usage: deallocvt [option...] [N ...]
  Deallocate unused virtual consoles.
  
  Without a number all virtual consoles are meant that are not shown, that no
  program has open and that are not the first.
  
    -h, --help                 show this help
    -V, --version              show the version
  [64]
  $ kbd_mode
  The keyboard is in Unicode (UTF-8) mode
  $ kbd_mode -s
  Changing to the requested mode may make your keyboard unusable, please use -f to force the change.
  [1]
  $ kbdrate -r 20 -d 500; kbdrate -p
  Typematic Rate set to 20.0 cps (delay = 500 ms)
  Typematic Rate is 20.0 cps
  Current keyboard delay 500 ms
  $ setleds
  setleds: Unable to read keyboard flags: Inappropriate ioctl for device
  [71]
  $ setleds +num < /dev/tty0; setleds < /dev/tty0; kbdinfo gkbled numlock && echo lit
  Current default flags:  NumLock off   CapsLock off   ScrollLock off
  Current flags:          NumLock on    CapsLock off   ScrollLock off
  Current leds:           NumLock on    CapsLock off   ScrollLock off
  lit
  $ dumpkeys | grep -A4 'keycode   2'
  keycode   2 = one             
  	shift	keycode   2 = exclam          
  	alt	keycode   2 = Meta_one        
  keycode   3 = two             
  	shift	keycode   3 = at              
  	control	keycode   3 = nul             
  	shift	control	keycode   3 = nul             
  $ loadkeys fr && dumpkeys | grep 'keycode  16'
  keycode  16 = +a              
  	shift	keycode  16 = +A              
  	altgr	keycode  16 = +ae             
  	control	keycode  16 = Control_a       
  	shift	control	keycode  16 = Control_a       
  	alt	keycode  16 = Meta_a          
  	control	alt	keycode  16 = Meta_Control_a  
  $ loadkeys nosuch
  Unable to open file: nosuch: No such file or directory
  [1]
  $ printf 'keycode 58 = Escape\nfoo\n' | loadkeys
  <stdin>:2: syntax error, unexpected ERROR
  [1]
  $ printf 'keycode 58 = Escape\n' | loadkeys; dumpkeys -n | grep 'keycode  58'
  keycode  58 = 0x001b          
  $ loadkeys -d; dumpkeys | grep 'keycode  16'
  keycode  16 = q               
  $ openvt -- sleep 1000; ps -o tty,cmd -C sleep
  TT       CMD
  tty2     sleep 1000
  $ openvt -c 1 -- true
  openvt: vt 1 is in use; command aborted; use `openvt -f' to force.
  [71]
  $ showconsolefont -i
  8x16x256
  $ setfont -O font.psf; psfgettable font.psf | sed -n 66p; psfstriptable font.psf bare.psf; psfgettable bare.psf
  0x041	U+0041
  psfgettable: input font does not have an index
  [65]
  $ setfont nosuch
  setfont: Unable to find file: nosuch
  [66]
  $ printf '#000000\n#aa00\n' > colours; setvtrgb colours
  Error: colours: Insufficient number of colors/lines: 2
  [1]
  $ su student -c 'fgconsole; chvt 2; kbd_mode; setleds; loadkeys fr'
  Couldn't get a file descriptor referring to the console.
  Couldn't get a file descriptor referring to the console.
  Couldn't get a file descriptor referring to the console.
  setleds: Unable to read keyboard flags: Inappropriate ioctl for device
  Couldn't get a file descriptor referring to the console.
  [1]
  $ unicode_start
  unicode_start skipped on /dev/pts/0
  [1]
  $ localectl list-keymaps | grep fr
  fr
  fr-latin0
  fr-latin1
  fr-latin9
  fr-pc
  fr_CH
  fr_CH-latin1
  $ localectl set-keymap fr-latin9; localectl; cat /etc/vconsole.conf
  System Locale: LANG=C.UTF-8
      VC Keymap: fr-latin9
     X11 Layout: fr
      X11 Model: pc105
    X11 Variant: latin9
    X11 Options: terminate:ctrl_alt_bksp
  KEYMAP=fr-latin9
