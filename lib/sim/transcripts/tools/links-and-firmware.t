networkctl, efibootmgr and bootctl on a machine with a BIOS and without systemd-networkd: texts of 252.39-1~deb12u2 and efibootmgr 17-2.
host: debian-12

  $ networkctl; networkctl --no-legend list lo 2> /dev/null; networkctl list nope; networkctl foo
  WARNING: systemd-networkd is not running, output will be incomplete.
  
  IDX LINK   TYPE     OPERATIONAL SETUP
    1 lo     loopback -           unmanaged
    2 enp1s0 ether    -           unmanaged
  
  2 links listed.
    1 lo loopback - unmanaged
  WARNING: systemd-networkd is not running, output will be incomplete.
  
  Interface "nope" not found.
  WARNING: systemd-networkd is not running, output will be incomplete.
  
  Unknown command verb foo.
  [1]

  $ networkctl status lo 2> /dev/null; networkctl lldp 2> /dev/null; ip link add br7 type bridge; networkctl list br7 2> /dev/null | sed -n 2p; networkctl delete br7 2> /dev/null; ip link show br7; networkctl reload 2>&1 | tail -1
  ● 1: lo                         
                       Link File: n/a
                    Network File: n/a
                           State: n/a (unmanaged)
                    Online state: unknown
                            Type: loopback
                Hardware Address: 00:00:00:00:00:00
                             MTU: 65536
                           QDisc: noqueue
    IPv6 Address Generation Mode: eui64
        Number of Queues (Tx/Rx): 1/1
                         Address: 127.0.0.1
                                  ::1
  LINK CHASSIS-ID SYSTEM-NAME CAPS        PORT-ID PORT-DESCRIPTION
  
  0 neighbors listed.
    3 br7  bridge -           unmanaged
  Device "br7" does not exist.
  Failed to reload network settings: The name org.freedesktop.network1 was not provided by any .service files

  $ apt-get -qq update; apt-get -qq install -y efibootmgr systemd-boot > /dev/null 2>&1; efibootmgr; efibootmgr -V
  EFI variables are not supported on this system.
  version 17

  $ bootctl; bootctl list; bootctl --graceful update; bootctl reboot-to-firmware; bootctl set-default x
  Couldn't find EFI system partition. It is recommended to mount it to /boot or /efi.
  Alternatively, use --esp-path= to specify path to mount point.
  System:
  Not booted with EFI
  
  Couldn't find EFI system partition. It is recommended to mount it to /boot or /efi.
  Alternatively, use --esp-path= to specify path to mount point.
  Couldn't find EFI system partition, skipping.
  not supported
  Not booted with UEFI.
  [1]
