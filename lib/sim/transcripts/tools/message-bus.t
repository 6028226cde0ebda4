The system bus. Layouts and errors of busctl 252.39-1~deb12u2 and dbus-bin 1.14.10 against hostnamed, timedated and localed on a private bus.
host: debian-12

  $ export COLUMNS=200; busctl list --acquired | cut -d' ' -f1; busctl list --no-legend --activatable | awk '{print $1, $5}'
  NAME
  org.freedesktop.DBus
  org.freedesktop.login1
  org.freedesktop.systemd1
  org.freedesktop.hostname1 (activatable)
  org.freedesktop.locale1 (activatable)
  org.freedesktop.timedate1 (activatable)

  $ busctl tree org.freedesktop.hostname1; busctl list --acquired --no-legend | awk '/hostname1/ {print $3, $4, $6}'; systemctl is-active systemd-hostnamed
  └─/org
    └─/org/freedesktop
      ├─/org/freedesktop/LogControl1
      └─/org/freedesktop/hostname1
  systemd-hostnam root systemd-hostnamed.service
  active

  $ busctl introspect org.freedesktop.locale1 /org/freedesktop/locale1 org.freedesktop.locale1
  NAME                  TYPE     SIGNATURE RESULT/VALUE     FLAGS
  .SetLocale            method   asb       -                -
  .SetVConsoleKeyboard  method   ssbb      -                -
  .SetX11Keyboard       method   ssssbb    -                -
  .Locale               property as        1 "LANG=C.UTF-8" emits-change
  .VConsoleKeymap       property s         ""               emits-change
  .VConsoleKeymapToggle property s         ""               emits-change
  .X11Layout            property s         ""               emits-change
  .X11Model             property s         ""               emits-change
  .X11Options           property s         ""               emits-change
  .X11Variant           property s         ""               emits-change

  $ hostname1="org.freedesktop.hostname1 /org/freedesktop/hostname1 org.freedesktop.hostname1"; busctl get-property $hostname1 Hostname Chassis; busctl call $hostname1 SetStaticHostname sb box false; hostname; busctl -j get-property $hostname1 StaticHostname; busctl --json=short get-property $hostname1 StaticHostname; hostnamectl hostname debian
  s "debian"
  s "vm"
  box
  {
  	"type" : "s",
  	"data" : "box"
  }
  {"type":"s","data":"box"}

  $ busctl get-property $hostname1 Nope; busctl call $hostname1 Nope; busctl call org.nix / a.b C; busctl call a b c d; busctl call org.a b c d; busctl call org.a /b c d; busctl call org.freedesktop.DBus / org.freedesktop.DBus ListNames s; busctl call org.freedesktop.DBus / org.freedesktop.DBus ListNames z 1; busctl call org.freedesktop.DBus / org.freedesktop.DBus NameHasOwner s org.x extra; busctl call $hostname1 SetHostname s a; busctl call org.freedesktop.DBus / org.freedesktop.DBus GetNameOwner s org.x; busctl foo; busctl status org.nix; busctl call $hostname1
  Failed to get property Nope on interface org.freedesktop.hostname1: Unknown interface org.freedesktop.hostname1 or property Nope.
  Call failed: Unknown method Nope or interface org.freedesktop.hostname1.
  Call failed: The name org.nix was not provided by any .service files
  Invalid service name: a
  Invalid object path: b
  Invalid interface name: c
  Too few parameters for signature.
  Unknown signature type z.
  Too many parameters for signature.
  Call failed: Invalid arguments 's' to call org.freedesktop.hostname1.SetHostname(), expecting 'sb'.
  Call failed: Could not get owner of name 'org.x': no such name
  Unknown command verb foo.
  Failed to get credentials: No such device or address
  Too few arguments.
  [1]

  $ manager="org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager"; busctl call $manager GetUnit s cron.service; busctl call $manager StopUnit ss cron.service replace > /dev/null; systemctl is-active cron; busctl get-property org.freedesktop.systemd1 /org/freedesktop/systemd1/unit/cron_2eservice org.freedesktop.systemd1.Unit ActiveState; systemctl start cron; busctl call $manager GetUnit s nope.service
  o "/org/freedesktop/systemd1/unit/cron_2eservice"
  inactive
  s "inactive"
  Call failed: Unit nope.service not loaded.
  [1]

  $ busctl --verbose call org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager ListSeats; busctl call org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager GetSession s 77
  MESSAGE "a(so)" {
          ARRAY "(so)" {
                  STRUCT "so" {
                          STRING "seat0";
                          OBJECT_PATH "/org/freedesktop/login1/seat/seat0";
                  };
          };
  };
  Call failed: No session '77' known
  [1]

  $ send="dbus-send --system --print-reply --dest=org.freedesktop.hostname1 /org/freedesktop/hostname1"; $send org.freedesktop.DBus.Properties.Get string:org.freedesktop.hostname1 string:Chassis | sed 1d; dbus-send --system --print-reply=literal --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetConnectionUnixUser string:org.freedesktop.systemd1; dbus-send --system --print-reply --dest=org.x / a.b.C; dbus-send --system --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetNameOwner int32:3; dbus-send --system / nodots; dbus-send --system --print-reply --dest=org.x / a.b.C foo:bar; dbus-send --system --print-reply --dest=org.x / a.b.C bar; dbus-send --system a b.c.d
     variant       string "vm"
     uint32 0
  Error org.freedesktop.DBus.Error.ServiceUnknown: The name org.x was not provided by any .service files
  Error org.freedesktop.DBus.Error.InvalidArgs: Call to GetNameOwner has wrong args (i, expected s)
  Must use org.mydomain.Interface.Signal notation, no dot in "nodots"
  dbus-send: Unknown type "foo"
  dbus-send: Data item "bar" is badly formed
  Object path was not valid: 'a'
  [1]

  $ timeout 1 dbus-monitor --system member=Hi > /tmp/monitor 2>&1 & sleep 0.3; busctl emit /a b.c Hi si there 5; wait; sed 's/time=.* ->/->/' /tmp/monitor
  [1] 700
  [1]+  Exit 124                timeout 1 dbus-monitor --system member=Hi > /tmp/monitor 2>&1
  signal -> destination=(null destination) serial=2 path=/a; interface=b.c; member=Hi
     string "there"
     int32 5

  $ su student -c "busctl call $manager StopUnit ss cron.service replace; busctl --user"; systemctl is-active cron
  Call failed: Access denied
  Failed to set bus address: $DBUS_SESSION_BUS_ADDRESS and $XDG_RUNTIME_DIR not defined (consider using --machine=<user>@.host --user to connect to bus of other user)
  active
