// USB in a guest that libvirt gives an xHCI controller and a tablet: sysfs, lsusb and usb-devices (usbutils 014).
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("root hubs and a tablet", () => {
  const world = createWorld({ host: "debian-12-kvm", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const run = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 400_000_000, maxSteps: 500_000_000 }).stdout);
  // the host is as the reference guest: without USB
  expect(run("lsusb; echo $?; ls /sys/bus/usb/devices; usb-devices")).toBe("1\n");
  run("virsh net-start default; virt-install --quiet --name g --memory 1024 --import --disk /var/lib/libvirt/images/guest.qcow2 --osinfo debian11 --graphics none --noautoconsole --input tablet,bus=usb --network default; sleep 40");
  const guest = (command: string): string => run(`(sleep 1; echo; sleep 1; echo root; sleep 1; echo root; sleep 2; echo 'echo BEGIN; ${command}; echo END; exit'; sleep 4) | timeout 12 script -qec 'virsh console g' /dev/null | tr -d '\\r' | sed 's/\\x1b\\[?2004[hl]//g' | sed '1,/^BEGIN/d; /^END/,$d'`);
  expect(guest("lsusb; lsusb -t; lsusb -d 0627:; lsusb -s 1:1; cat /sys/bus/usb/devices/1-1/product; readlink /sys/bus/usb/devices/1-1:1.0/driver | sed s,.*/,,; cat /sys/bus/usb/devices/1-1/uevent")).toBe(`Bus 002 Device 001: ID 1d6b:0003 Linux Foundation 3.0 root hub
Bus 001 Device 002: ID 0627:0001 Adomax Technology Co., Ltd QEMU Tablet
Bus 001 Device 001: ID 1d6b:0002 Linux Foundation 2.0 root hub
/:  Bus 02.Port 1: Dev 1, Class=root_hub, Driver=xhci_hcd/15p, 5000M
/:  Bus 01.Port 1: Dev 1, Class=root_hub, Driver=xhci_hcd/15p, 480M
    |__ Port 1: Dev 2, If 0, Class=Human Interface Device, Driver=usbhid, 480M
Bus 001 Device 002: ID 0627:0001 Adomax Technology Co., Ltd QEMU Tablet
Bus 001 Device 001: ID 1d6b:0002 Linux Foundation 2.0 root hub
QEMU USB Tablet
usbhid
MAJOR=189
MINOR=1
DEVNAME=bus/usb/001/002
DEVTYPE=usb_device
DRIVER=usb
PRODUCT=627/1/0
TYPE=0/0/0
BUSNUM=001
DEVNUM=002
`);
  expect(guest("usb-devices | sed -n 11,20p; lsusb -v -d 1d6b:0002 | sed -n 2,17p")).toBe(`
T:  Bus=01 Lev=01 Prnt=01 Port=00 Cnt=01 Dev#=  2 Spd=480 MxCh= 0
D:  Ver= 2.00 Cls=00(>ifc ) Sub=00 Prot=00 MxPS=64 #Cfgs=  1
P:  Vendor=0627 ProdID=0001 Rev=00.00
S:  Manufacturer=QEMU
S:  Product=QEMU USB Tablet
S:  SerialNumber=28754-0000:02:00.0-1
C:  #Ifs= 1 Cfg#= 1 Atr=a0 MxPwr=100mA
I:  If#= 0 Alt= 0 #EPs= 1 Cls=03(HID  ) Sub=00 Prot=00 Driver=usbhid
E:  Ad=81(I) Atr=03(Int.) MxPS=   8 Ivl=4ms
Bus 001 Device 001: ID 1d6b:0002 Linux Foundation 2.0 root hub
Device Descriptor:
  bLength                18
  bDescriptorType         1
  bcdUSB               2.00
  bDeviceClass            9 Hub
  bDeviceSubClass         0 
  bDeviceProtocol         1 Single TT
  bMaxPacketSize0        64
  idVendor           0x1d6b Linux Foundation
  idProduct          0x0002 2.0 root hub
  bcdDevice            6.01
  iManufacturer           3 Linux 6.1.0-56-amd64 xhci-hcd
  iProduct                2 xHCI Host Controller
  iSerial                 1 0000:02:00.0
  bNumConfigurations      1
`);
});
