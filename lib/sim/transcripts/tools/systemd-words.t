Options, words and arguments that systemctl, journalctl, systemd-run, systemd-escape, systemd-analyze and their kin take or refuse: recorded from systemd 252 of Debian 12.
host: debian-12
user: student

  $ cd /tmp; unset SYSTEMD_PAGER

  $ systemctl --nosuch
  systemctl: unrecognized option '--nosuch'
  [1]
  $ systemctl -Z
  systemctl: invalid option -- 'Z'
  [1]
  $ systemctl nosuchverb
  Unknown command verb nosuchverb.
  [1]
  $ systemctl --state
  systemctl: option '--state' requires an argument
  [1]
  $ systemctl list-units --output=nosuch
  Unknown output 'nosuch'.
  [1]
  $ systemctl -o nosuch status
  Unknown output 'nosuch'.
  [1]
  $ systemctl list-units --type=nosuch
  Unknown unit type or load state 'nosuch'.
  Use -t help to see a list of allowed values.
  [1]
  $ systemctl list-units -t help
  Available unit types:
  service
  mount
  swap
  socket
  target
  device
  automount
  timer
  path
  slice
  scope
  $ systemctl list-units --state=help
  Available unit load states:
  stub
  loaded
  not-found
  bad-setting
  error
  merged
  masked
  
  Available unit active states:
  active
  reloading
  inactive
  failed
  activating
  deactivating
  maintenance
  
  Available unit file states:
  enabled
  enabled-runtime
  linked
  linked-runtime
  alias
  masked
  masked-runtime
  static
  disabled
  indirect
  generated
  transient
  bad
  
  Available automount unit substates:
  dead
  waiting
  running
  failed
  
  Available device unit substates:
  dead
  tentative
  plugged
  
  Available mount unit substates:
  dead
  mounting
  mounting-done
  mounted
  remounting
  unmounting
  remounting-sigterm
  remounting-sigkill
  unmounting-sigterm
  unmounting-sigkill
  failed
  cleaning
  
  Available path unit substates:
  dead
  waiting
  running
  failed
  
  Available scope unit substates:
  dead
  start-chown
  running
  abandoned
  stop-sigterm
  stop-sigkill
  failed
  
  Available service unit substates:
  dead
  condition
  start-pre
  start
  start-post
  running
  exited
  reload
  stop
  stop-watchdog
  stop-sigterm
  stop-sigkill
  stop-post
  final-watchdog
  final-sigterm
  final-sigkill
  failed
  auto-restart
  cleaning
  
  Available slice unit substates:
  dead
  active
  
  Available socket unit substates:
  dead
  start-pre
  start-chown
  start-post
  listening
  running
  stop-pre
  stop-pre-sigterm
  stop-pre-sigkill
  stop-post
  final-sigterm
  final-sigkill
  failed
  cleaning
  
  Available swap unit substates:
  dead
  activating
  activating-done
  active
  deactivating
  deactivating-sigterm
  deactivating-sigkill
  failed
  cleaning
  
  Available target unit substates:
  dead
  active
  
  Available timer unit substates:
  dead
  waiting
  running
  elapsed
  failed
  $ systemctl list-units --output=help
  short
  short-full
  short-iso
  short-iso-precise
  short-precise
  short-monotonic
  short-delta
  short-unix
  verbose
  export
  json
  json-pretty
  json-sse
  json-seq
  cat
  with-unit
  $ systemctl --signal=NOSUCH kill x
  Failed to parse signal string "NOSUCH".
  [1]
  $ systemctl --signal=help kill x | head -5
  0
  HUP
  INT
  QUIT
  ILL
  $ systemctl --signal=list kill x | head -5
  SIGNAL NAME
  1      SIGHUP
  2      SIGINT
  3      SIGQUIT
  4      SIGILL
  $ systemctl -n nosuch status
  Failed to parse lines 'nosuch'
  [1]
  $ systemctl -n -5 status
  Failed to parse lines '-5'
  [1]
  $ systemctl --preset-mode=bad preset x
  Failed to parse preset mode: bad.
  [1]
  $ systemctl --preset-mode=help preset x
  full
  enable-only
  disable-only
  $ systemctl --timestamp=bad status
  Invalid value: bad.
  [1]
  $ systemctl --timestamp=help status
  pretty
  us
  utc
  us+utc
  unix
  $ systemctl --check-inhibitors=bad poweroff
  Failed to parse --check-inhibitors= argument: bad
  [1]
  $ systemctl --check-inhibitors=help poweroff
  Failed to parse --check-inhibitors= argument: help
  [1]
  $ systemctl --what=help clean x
  runtime
  state
  cache
  logs
  configuration
  $ systemctl --root
  systemctl: option '--root' requires an argument
  [1]
  $ systemctl -H
  systemctl: option requires an argument -- 'H'
  [1]
  $ systemctl -M
  systemctl: option requires an argument -- 'M'
  [1]
  $ systemctl start
  Too few arguments.
  [1]
  $ systemctl stop
  Too few arguments.
  [1]
  $ systemctl enable
  Too few arguments.
  [1]
  $ systemctl disable
  Too few arguments.
  [1]
  $ systemctl mask
  Too few arguments.
  [1]
  $ systemctl cat
  Too few arguments.
  [1]
  $ systemctl set-property
  Too few arguments.
  [1]
  $ systemctl set-property x
  Too few arguments.
  [1]
  $ systemctl kill
  Too few arguments.
  [1]
  $ systemctl isolate
  Too few arguments.
  [1]
  $ systemctl is-active
  Too few arguments.
  [1]
  $ systemctl is-enabled
  Too few arguments.
  [1]
  $ systemctl is-failed
  Too few arguments.
  [1]
  $ systemctl link
  Too few arguments.
  [1]
  $ systemctl edit
  Too few arguments.
  [1]
  $ systemctl revert
  Too few arguments.
  [1]
  $ systemctl set-default
  Too few arguments.
  [1]
  $ systemctl get-default extra
  Too many arguments.
  [1]
  $ systemctl set-environment
  Too few arguments.
  [1]
  $ systemctl unset-environment
  Too few arguments.
  [1]
  $ systemctl switch-root
  Too few arguments.
  [1]
  $ systemctl bind
  Too few arguments.
  [1]
  $ systemctl mount-image
  Too few arguments.
  [1]
  $ systemctl daemon-reload extra
  Too many arguments.
  [1]
  $ systemctl reenable
  Too few arguments.
  [1]
  $ systemctl add-wants
  Too few arguments.
  [1]
  $ systemctl add-wants x
  Too few arguments.
  [1]
  $ systemctl help
  'help' command expects one or more unit names.
  (Alternatively, help for systemctl itself may be shown with --help)
  [1]
  $ systemctl freeze
  Too few arguments.
  [1]
  $ systemctl log-level a b
  Too many arguments.
  [1]
  $ systemctl whoami
  Unknown command verb whoami.
  [1]
  $ systemctl reboot extra arg
  Too many arguments.
  [1]
  $ systemctl is-system-running extra
  Too many arguments.
  [1]
  $ systemctl --plain=x
  systemctl: option '--plain' doesn't allow an argument
  [1]
  $ systemctl --no-pager=yes
  systemctl: option '--no-pager' doesn't allow an argument
  [1]
  $ systemctl --lines=2 --full --firmware-setup=x
  systemctl: option '--firmware-setup' doesn't allow an argument
  [1]
  $ systemctl start a b --job-mode
  systemctl: option '--job-mode' requires an argument
  [1]
  $ systemctl list-un
  Unknown command verb list-un.
  [1]
  $ systemctl --re status
  systemctl: option '--re' is ambiguous; possibilities: '--reverse' '--recursive' '--reboot-argument' '--read-only'
  [1]
  $ systemctl -P
  systemctl: option requires an argument -- 'P'
  [1]
  $ systemctl show -p
  systemctl: option requires an argument -- 'p'
  [1]
  $ systemctl --legend=bad list-units
  Failed to parse boolean argument to --legend: bad.
  [1]
  $ systemctl --legend
  systemctl: option '--legend' requires an argument
  [1]
  $ systemctl is-active a --quiet=1
  systemctl: option '--quiet' doesn't allow an argument
  [1]
  $ systemctl -t
  systemctl: option requires an argument -- 't'
  [1]
  $ systemctl --drop-in=x
  systemctl: unrecognized option '--drop-in=x'
  [1]
  $ systemctl --when=x poweroff
  systemctl: unrecognized option '--when=x'
  [1]
  $ journalctl --nosuch
  journalctl: unrecognized option '--nosuch'
  [1]
  $ journalctl -Z
  journalctl: invalid option -- 'Z'
  [1]
  $ journalctl -o nosuch
  Unknown output format 'nosuch'.
  [1]
  $ journalctl -o help
  short
  short-full
  short-iso
  short-iso-precise
  short-precise
  short-monotonic
  short-delta
  short-unix
  verbose
  export
  json
  json-pretty
  json-sse
  json-seq
  cat
  with-unit
  $ journalctl -p nosuch
  Unknown log level nosuch
  [1]
  $ journalctl -p 9
  Unknown log level 9
  [1]
  $ journalctl -p err..nosuch
  Failed to parse log level range err..nosuch
  [1]
  $ journalctl -p help
  Unknown log level help
  [1]
  $ journalctl --facility=nosuch
  Bad --facility= argument "nosuch".
  [1]
  $ journalctl --facility=help
  Available facilities:
  kern
  user
  mail
  daemon
  auth
  syslog
  lpr
  news
  uucp
  cron
  authpriv
  ftp
  12
  13
  14
  15
  local0
  local1
  local2
  local3
  local4
  local5
  local6
  local7
  $ journalctl -n -3
  journalctl: invalid option -- '3'
  [1]
  $ journalctl --since nosuch
  Failed to parse timestamp: nosuch
  [1]
  $ journalctl --until 25:00
  Failed to parse timestamp: 25:00
  [1]
  $ journalctl -S today -U yesterday
  --since= must be before --until=.
  [1]
  $ journalctl --boot=zz
  Failed to parse boot descriptor 'zz'
  [1]
  $ journalctl -c
  journalctl: option requires an argument -- 'c'
  [1]
  $ journalctl --after-cursor=bad --since=today
  Please specify only one of --since=, --cursor=, and --after-cursor=.
  [1]
  $ journalctl --cursor=x --after-cursor=y
  Please specify only one of --since=, --cursor=, and --after-cursor=.
  [1]
  $ journalctl -f --reverse
  Please specify either --reverse= or --follow=, not both.
  [1]
  $ journalctl -f -r
  Please specify either --reverse= or --follow=, not both.
  [1]
  $ journalctl --vacuum-size=abc
  Failed to parse vacuum size: abc
  [1]
  $ journalctl --vacuum-time=abc
  Failed to parse vacuum time: abc
  [1]
  $ journalctl --vacuum-files=abc
  Failed to parse vacuum files: abc
  [1]
  $ journalctl --vacuum-size
  journalctl: option '--vacuum-size' requires an argument
  [1]
  $ journalctl -D
  journalctl: option requires an argument -- 'D'
  [1]
  $ journalctl -D /nonexistent
  Failed to open /nonexistent: No such file or directory
  [1]
  $ journalctl --file /nonexistent
  Failed to open files: No such file or directory
  [1]
  $ journalctl --root /nonexistent
  No journal files were found.
  -- No entries --
  $ journalctl --output-fields
  journalctl: option '--output-fields' requires an argument
  [1]
  $ journalctl -g
  journalctl: option requires an argument -- 'g'
  [1]
  $ journalctl -F
  journalctl: option requires an argument -- 'F'
  [1]
  $ journalctl -t
  journalctl: option requires an argument -- 't'
  [1]
  $ journalctl -u
  journalctl: option requires an argument -- 'u'
  [1]
  $ journalctl --merge --boot=1
  Using --boot or --list-boots with --merge is not supported.
  [1]
  $ journalctl --list-boots --merge
  Using --boot or --list-boots with --merge is not supported.
  [1]
  $ journalctl -k -u x --dmesg=1
  journalctl: option '--dmesg' doesn't allow an argument
  [1]
  $ journalctl --case-sensitive=bad
  Bad --case-sensitive= argument "bad": Invalid argument
  [1]
  $ journalctl --user-unit
  journalctl: option '--user-unit' requires an argument
  [1]
  $ journalctl -N extra
  Extraneous arguments starting with 'extra'
  [1]
  $ journalctl --disk-usage extra
  Extraneous arguments starting with 'extra'
  [1]
  $ journalctl --flush extra
  Extraneous arguments starting with 'extra'
  [1]
  $ journalctl --sync extra
  Extraneous arguments starting with 'extra'
  [1]
  $ journalctl --utc=1
  journalctl: option '--utc' doesn't allow an argument
  [1]
  $ systemd-run
  Command line to execute required.
  [1]
  $ systemd-run --nosuch
  systemd-run: unrecognized option '--nosuch'
  [1]
  $ systemd-run --scope
  Command line to execute required.
  [1]
  $ systemd-run --uid
  systemd-run: option '--uid' requires an argument
  [1]
  $ systemd-run --scope --pty true
  --pty/--pipe is not compatible in timer or --scope mode.
  [1]
  $ systemd-run --pty --wait --scope true
  --pty/--pipe is not compatible in timer or --scope mode.
  [1]
  $ systemd-run --on-calendar=bad true
  Failed to parse calendar event specification: Invalid argument
  [1]
  $ systemd-run --on-calendar=daily
  Command line to execute required.
  [1]
  $ systemd-run --on-calendar=daily --wait true
  --wait may not be combined with path, socket or timer operations.
  [1]
  $ systemd-run --timer-property=bad true
  --timer-property= has no effect without any other timer options.
  [1]
  $ systemd-run --nice=abc true
  Failed to parse nice value: abc
  [1]
  $ systemd-run --nice=50 true
  Failed to parse nice value: 50
  [1]
  $ systemd-run -E
  systemd-run: option requires an argument -- 'E'
  [1]
  $ systemd-run --unit
  systemd-run: option '--unit' requires an argument
  [1]
  $ systemd-run -p
  systemd-run: option requires an argument -- 'p'
  [1]
  $ systemd-run --setenv true
  Command line to execute required.
  [1]
  $ systemd-run nosuchcommand
  Failed to find executable nosuchcommand: No such file or directory
  [1]
  $ systemd-run /nonexistent/cmd
  Failed to find executable /nonexistent/cmd: No such file or directory
  [1]
  $ systemd-run --shell extra
  If --shell is used, no command line is expected.
  [1]
  $ systemd-run --pipe --pty --scope true
  --pty/--pipe is not compatible in timer or --scope mode.
  [1]
  $ systemd-run --on-active=5 --remain-after-exit --shell
  --pty/--pipe is not compatible in timer or --scope mode.
  [1]
  $ systemd-run --collect=1 true
  systemd-run: option '--collect' doesn't allow an argument
  [1]
  $ systemd-run --user --uid=0 --nosuch
  systemd-run: unrecognized option '--nosuch'
  [1]
  $ systemd-run --scope --wait true
  --wait may not be combined with --scope.
  [1]
  $ systemd-run --scope --on-active=1 true
  Path, socket or timer options are not supported in --scope mode.
  [1]
  $ systemd-run --scope -r true
  --remain-after-exit and --service-type= are not supported in --scope mode.
  [1]
  $ systemd-run --scope --service-type=simple true
  --remain-after-exit and --service-type= are not supported in --scope mode.
  [1]
  $ systemd-run --no-block --wait true
  --wait may not be combined with --no-block.
  [1]
  $ systemd-tmpfiles
  You need to specify at least one of --clean, --create or --remove.
  [1]
  $ systemd-tmpfiles --nosuch
  systemd-tmpfiles: unrecognized option '--nosuch'
  [1]
  $ systemd-tmpfiles --create --nosuch
  systemd-tmpfiles: unrecognized option '--nosuch'
  [1]
  $ systemd-tmpfiles --create nosuch.conf
  Failed to open 'nosuch.conf': No such file or directory
  [1]
  $ systemd-tmpfiles --create /nonexistent.conf
  Failed to open '/nonexistent.conf': No such file or directory
  [1]
  $ systemd-tmpfiles --replace=x
  The argument to --replace= must be an absolute path.
  [1]
  $ systemd-tmpfiles --replace=/x
  The argument to --replace= must have the extension '.conf'.
  [1]
  $ systemd-tmpfiles --replace=/x --create
  The argument to --replace= must have the extension '.conf'.
  [1]
  $ systemd-tmpfiles --create --prefix=rel
  $ systemd-tmpfiles --create --prefix
  systemd-tmpfiles: option '--prefix' requires an argument
  [1]
  $ systemd-sysusers --nosuch
  systemd-sysusers: unrecognized option '--nosuch'
  [1]
  $ systemd-sysusers --replace=x
  The argument to --replace= must be an absolute path.
  [1]
  $ systemd-sysusers --replace=/x
  The argument to --replace= must have the extension '.conf'.
  [1]
  $ systemd-sysusers --inline
  Failed to take /etc/passwd lock: Permission denied
  [1]
  $ systemd-sysusers --inline 'q foo'
  (argument):1: Unknown command type 'q'.
  [1]
  $ systemd-sysusers --inline 'u foo bar baz'
  (argument):1: Failed to parse UID: 'bar': Invalid argument
  [1]
  $ systemd-sysusers --inline 'u 1foo - "x"'
  (argument):1: '1foo' is not a valid user or group name.
  [1]
  $ systemd-sysusers --inline 'm foo'
  (argument):1: Lines of type 'm' require a group name in the third field.
  [1]
  $ systemd-escape
  Not enough arguments.
  [1]
  $ systemd-escape --nosuch
  systemd-escape: unrecognized option '--nosuch'
  [1]
  $ systemd-escape -u
  Not enough arguments.
  [1]
  $ systemd-escape 'a b/c-d'
  a\x20b-c\x2dd
  $ systemd-escape -p /a/b//c/
  a-b-c
  $ systemd-escape -p rel
  Input 'rel' is not an absolute file system path, escaping is likely not going to be reversible.
  rel
  $ systemd-escape -p /
  -
  $ systemd-escape -u 'a\x20b-c'
  a b/c
  $ systemd-escape -u -p 'a-b'
  /a/b
  $ systemd-escape -u 'a\xzz'
  Failed to unescape string: Invalid argument
  [1]
  $ systemd-escape --suffix=mount -p /mnt/x
  mnt-x.mount
  $ systemd-escape --suffix=bad -p /mnt/x
  Invalid unit suffix type "bad".
  [1]
  $ systemd-escape --template=foo@.service 'a b' c
  foo@a\x20b.service foo@c.service
  $ systemd-escape --template=foo.service a
  Template name foo.service is not valid.
  [1]
  $ systemd-escape --template=foo@.service -u foo@a.service
  a
  $ systemd-escape --template=foo@.service --suffix=mount a
  --suffix= and --template= may not be combined.
  [1]
  $ systemd-escape -u --instance foo@a-b.service
  a/b
  $ systemd-escape --instance x
  --instance must be used in conjunction with --unescape.
  [1]
  $ systemd-escape -m a.service /mnt/b 'x y' foo
  a.service mnt-b.mount x\x20y.service foo.service
  $ systemd-escape -m -p a
  --path may not be combined with --mangle.
  [1]
  $ systemd-escape -m -u a
  a
  $ systemd-escape -u --instance foo.service
  Unit foo.service is missing the instance name.
  [1]
  $ systemd-escape -u --suffix=mount x.mount
  --suffix is not compatible with --unescape.
  [1]
  $ systemd-escape -p .. 
  Input '..' is not an absolute file system path, failed to escape.
  [1]
  $ systemd-escape -p /a/../b
  Input '/a/../b' is not a normalized file system path, failed to escape.
  [1]
  $ systemd-escape '' x
   x
  $ systemd-escape é .hidden
  \xc3\xa9 \x2ehidden
  $ systemd-id128
  Command verb required.
  [1]
  $ systemd-id128 --nosuch
  systemd-id128: unrecognized option '--nosuch'
  [1]
  $ systemd-id128 nosuch
  Unknown command verb nosuch.
  [1]
  $ systemd-id128 show root
  NAME ID
  root 4f68bce3e8cd4db196e7fbcaf984b709
  $ systemd-id128 show root home | head
  NAME ID
  root 4f68bce3e8cd4db196e7fbcaf984b709
  home 933ac7e12eb44f13b8440e14e2aef915
  $ systemd-id128 show nosuch
  Unknown identifier "nosuch".
  [1]
  $ systemd-id128 show 0123456789abcdef0123456789abcdef
  NAME ID
  XYZ  0123456789abcdef0123456789abcdef
  $ systemd-id128 show -u esp
  NAME ID
  esp  c12a7328-f81f-11d2-ba4b-00a0c93ec93b
  $ systemd-id128 invocation-id
  Failed to get invocation-ID: No such device or address
  [1]
  $ systemd-id128 show -p root
  As string:
  4f68bce3e8cd4db196e7fbcaf984b709
  
  As UUID:
  4f68bce3-e8cd-4db1-96e7-fbcaf984b709
  
  As systemd-id128(1) macro:
  #define ROOT SD_ID128_MAKE(4f,68,bc,e3,e8,cd,4d,b1,96,e7,fb,ca,f9,84,b7,09)
  
  As Python constant:
  >>> import uuid
  >>> ROOT = uuid.UUID('4f68bce3e8cd4db196e7fbcaf984b709')
  $ systemd-notify --nosuch
  systemd-notify: unrecognized option '--nosuch'
  [1]
  $ systemd-notify --ready
  No status data could be sent: $NOTIFY_SOCKET was not set
  [1]
  $ systemd-notify --pid=bad
  Failed to parse PID bad.
  [1]
  $ systemd-notify --status=x
  No status data could be sent: $NOTIFY_SOCKET was not set
  [1]
  $ systemd-notify --uid=nosuch x
  Can't resolve user nosuch: Invalid argument
  [1]
  $ systemd-notify FOO
  No status data could be sent: $NOTIFY_SOCKET was not set
  [1]
  $ NOTIFY_SOCKET=/nonexist systemd-notify --ready
  Failed to notify init system: No such file or directory
  [1]
  $ systemd-analyze capability
  NAME                   NUMBER
  cap_chown                   0
  cap_dac_override            1
  cap_dac_read_search         2
  cap_fowner                  3
  cap_fsetid                  4
  cap_kill                    5
  cap_setgid                  6
  cap_setuid                  7
  cap_setpcap                 8
  cap_linux_immutable         9
  cap_net_bind_service       10
  cap_net_broadcast          11
  cap_net_admin              12
  cap_net_raw                13
  cap_ipc_lock               14
  cap_ipc_owner              15
  cap_sys_module             16
  cap_sys_rawio              17
  cap_sys_chroot             18
  cap_sys_ptrace             19
  cap_sys_pacct              20
  cap_sys_admin              21
  cap_sys_boot               22
  cap_sys_nice               23
  cap_sys_resource           24
  cap_sys_time               25
  cap_sys_tty_config         26
  cap_mknod                  27
  cap_lease                  28
  cap_audit_write            29
  cap_audit_control          30
  cap_setfcap                31
  cap_mac_override           32
  cap_mac_admin              33
  cap_syslog                 34
  cap_wake_alarm             35
  cap_block_suspend          36
  cap_audit_read             37
  cap_perfmon                38
  cap_bpf                    39
  cap_checkpoint_restore     40
  $ systemd-analyze capability nosuch
  Capability "nosuch" not known.
  [1]
  $ systemd-analyze --nosuch
  systemd-analyze: unrecognized option '--nosuch'
  [1]
  $ systemd-analyze nosuch
  Unknown command verb nosuch.
  [1]
  $ systemd-analyze calendar
  Too few arguments.
  [1]
  $ systemd-analyze calendar bad
  Failed to parse calendar specification 'bad': Invalid argument
  [1]
  $ systemd-analyze calendar --iterations=bad daily
  Failed to parse iterations: bad
  [1]
  $ systemd-analyze timespan
  Too few arguments.
  [1]
  $ systemd-analyze timespan bad
  Failed to parse time span 'bad': Invalid argument
  [1]
  $ systemd-analyze timespan 3h
  Original: 3h
        μs: 10800000000
     Human: 3h
  $ systemd-analyze timespan 1d 2w '3month 4y' 55us infinity
  Original: 1d
        μs: 86400000000
     Human: 1d
  
  Original: 2w
        μs: 1209600000000
     Human: 2w
  
  Original: 3month 4y
        μs: 134119800000000
     Human: 4y 3month
  
  Original: 55us
        μs: 55
     Human: 55us
  
  Original: infinity
        μs: 18446744073709551615
     Human: infinity
  $ systemd-analyze timestamp
  Too few arguments.
  [1]
  $ systemd-analyze timestamp bad
  Failed to parse "bad": Invalid argument
  [1]
  $ systemd-analyze exit-status
  NAME                    STATUS CLASS
  SUCCESS                      0 libc
  FAILURE                      1 libc
  INVALIDARGUMENT              2 LSB
  NOTIMPLEMENTED               3 LSB
  NOPERMISSION                 4 LSB
  NOTINSTALLED                 5 LSB
  NOTCONFIGURED                6 LSB
  NOTRUNNING                   7 LSB
  USAGE                       64 BSD
  DATAERR                     65 BSD
  NOINPUT                     66 BSD
  NOUSER                      67 BSD
  NOHOST                      68 BSD
  UNAVAILABLE                 69 BSD
  SOFTWARE                    70 BSD
  OSERR                       71 BSD
  OSFILE                      72 BSD
  CANTCREAT                   73 BSD
  IOERR                       74 BSD
  TEMPFAIL                    75 BSD
  PROTOCOL                    76 BSD
  NOPERM                      77 BSD
  CONFIG                      78 BSD
  CHDIR                      200 systemd
  NICE                       201 systemd
  FDS                        202 systemd
  EXEC                       203 systemd
  MEMORY                     204 systemd
  LIMITS                     205 systemd
  OOM_ADJUST                 206 systemd
  SIGNAL_MASK                207 systemd
  STDIN                      208 systemd
  STDOUT                     209 systemd
  CHROOT                     210 systemd
  IOPRIO                     211 systemd
  TIMERSLACK                 212 systemd
  SECUREBITS                 213 systemd
  SETSCHEDULER               214 systemd
  CPUAFFINITY                215 systemd
  GROUP                      216 systemd
  USER                       217 systemd
  CAPABILITIES               218 systemd
  CGROUP                     219 systemd
  SETSID                     220 systemd
  CONFIRM                    221 systemd
  STDERR                     222 systemd
  PAM                        224 systemd
  NETWORK                    225 systemd
  NAMESPACE                  226 systemd
  NO_NEW_PRIVILEGES          227 systemd
  SECCOMP                    228 systemd
  SELINUX_CONTEXT            229 systemd
  PERSONALITY                230 systemd
  APPARMOR                   231 systemd
  ADDRESS_FAMILIES           232 systemd
  RUNTIME_DIRECTORY          233 systemd
  CHOWN                      235 systemd
  SMACK_PROCESS_LABEL        236 systemd
  KEYRING                    237 systemd
  STATE_DIRECTORY            238 systemd
  CACHE_DIRECTORY            239 systemd
  LOGS_DIRECTORY             240 systemd
  CONFIGURATION_DIRECTORY    241 systemd
  NUMA_POLICY                242 systemd
  CREDENTIALS                243 systemd
  BPF                        244 systemd
  EXCEPTION                  255 systemd
  $ systemd-analyze exit-status 0 1 203 SUCCESS EXIT_FAILURE
  Invalid exit status "EXIT_FAILURE".
  [1]
  $ systemd-analyze exit-status 203 USAGE
  NAME  STATUS CLASS
  EXEC     203 systemd
  USAGE     64 BSD
  $ systemd-analyze exit-status 300
  Invalid exit status "300".
  [1]
  $ systemd-analyze exit-status CHDIR NOSUCH
  Invalid exit status "NOSUCH".
  [1]
  $ systemd-analyze filesystems @common-block
  Not compiled with libbpf support, sorry.
  [1]
  $ systemd-analyze filesystems @nosuch
  Not compiled with libbpf support, sorry.
  [1]
  $ systemd-analyze condition
  Too few arguments for condition
  [1]
  $ systemd-analyze condition 'ConditionPathExists=/etc/passwd'
  test.service: ConditionPathExists=/etc/passwd succeeded.
  Conditions succeeded.
  $ systemd-analyze condition 'ConditionPathExists=/nonexist' 'AssertPathIsDirectory=/tmp'
  test.service: AssertPathIsDirectory=/tmp succeeded.
  Asserts succeeded.
  test.service: ConditionPathExists=/nonexist failed.
  Conditions failed.
  [1]
  $ systemd-analyze condition 'Bad=1'
  Cannot parse "Bad=1".
  [1]
  $ systemd-analyze condition 'ConditionPathExists=!/nonexist'
  test.service: ConditionPathExists=!/nonexist succeeded.
  Conditions succeeded.
  $ systemd-analyze condition ConditionFileNotEmpty=/etc/passwd 'ConditionKernelVersion=>1'
  test.service: ConditionKernelVersion=>1 succeeded.
  test.service: ConditionFileNotEmpty=/etc/passwd succeeded.
  Conditions succeeded.
  $ systemd-analyze verify
  Too few arguments.
  [1]
  $ systemd-analyze verify nosuch.service
  Unit nosuch.service not found.
  [1]
  $ systemd-analyze --man=bad verify x
  Failed to parse boolean argument to --man: bad.
  [1]
  $ systemd-analyze security --nosuch
  systemd-analyze: unrecognized option '--nosuch'
  [1]
  $ systemd-analyze security --offline=bad
  Failed to parse boolean argument to --offline: bad.
  [1]
  $ systemd-analyze --recursive-errors=bad verify x
  Unknown mode passed to --recursive-errors='bad'.
  [1]
  $ systemd-analyze compare-versions 1 2
  1 < 2
  [12]
  $ systemd-analyze compare-versions 1 lt 2; echo $?
  0
  $ systemd-analyze compare-versions 1 bad 2
  Unknown operator "bad".
  [1]
