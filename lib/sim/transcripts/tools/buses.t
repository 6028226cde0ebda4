lspci, lsusb: layouts of pciutils 3.9.0 and usbutils 014; this machine has no USB.
host: debian-12

  $ lspci -vv -s 01:00.0; lspci -v -s 0:1.0; lspci -t; lspci -k -s 00:1f.0; lspci -n -s 1:0.0; lspci -s zz
  01:00.0 Ethernet controller: Red Hat, Inc. Virtio 1.0 network device (rev 01)
  	Subsystem: Red Hat, Inc. QEMU Virtual Machine
  	Control: I/O+ Mem+ BusMaster+ SpecCycle- MemWINV- VGASnoop- ParErr- Stepping- SERR+ FastB2B- DisINTx+
  	Status: Cap+ 66MHz- UDF- FastB2B- ParErr- DEVSEL=fast >TAbort- <TAbort- <MAbort- >SERR- <PERR- INTx-
  	Latency: 0
  	Interrupt: pin A routed to IRQ 11
  	Kernel driver in use: virtio-pci
  	Kernel modules: virtio_pci
  
  00:01.0 VGA compatible controller: Device 1234:1111 (rev 02)
  	Subsystem: Red Hat, Inc. QEMU Virtual Machine
  	Flags: bus master, fast devsel, latency 0, IRQ 11
  	Kernel driver in use: bochs-drm
  	Kernel modules: bochs
  
  -[0000:00]-+-00.0
             +-01.0
             +-02.0-[01]----00.0
             +-02.1-[02]----00.0
             +-02.2-[03]----00.0
             +-02.3-[04]----00.0
             +-1f.0
             +-1f.2
             \-1f.3
  00:1f.0 ISA bridge: Intel Corporation 82801IB (ICH9) LPC Interface Controller (rev 02)
  	Subsystem: Red Hat, Inc. QEMU Virtual Machine
  	Kernel driver in use: lpc_ich
  	Kernel modules: lpc_ich
  01:00.0 0200: 1af4:1041 (rev 01)
  lspci: -s: Invalid slot number
  [1]
  $ lsusb; echo $?; lsusb -t; echo $?; lsusb -V; lsusb -D /nonexistent
  1
  1
  lsusb (usbutils) 014
  Cannot open /nonexistent
  [1]
