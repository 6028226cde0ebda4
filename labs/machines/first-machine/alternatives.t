# Other right ways, each after the solution of the tasks before it.
[cpu: lscpu]
$ lscpu
$ echo QEMU > accel.txt
$ mv accel.txt ~/accel.txt

[cpu: kvm-ok]
$ kvm-ok
$ echo 'émulation' > ~/accel.txt

[cpu: validate]
$ virt-host-validate qemu
$ echo "type='qemu'" > ~/accel.txt

[network: autostart-first]
$ virsh net-autostart --network default
$ virsh net-start --network default

[disk: from-directory]
$ cd /var/lib/libvirt/images
$ qemu-img create -F qcow2 -b guest.qcow2 -f qcow2 first.qcow2

[disk: volume]
$ virsh pool-create-as images dir --target /var/lib/libvirt/images
$ virsh vol-create-as images first.qcow2 1G --format qcow2 --backing-vol guest.qcow2 --backing-vol-format qcow2

[install: define-and-start]
$ virt-install --name first --memory 1024 --disk path=/var/lib/libvirt/images/first.qcow2,bus=virtio --import --os-variant debian11 --network default --graphics none --print-xml > first.xml
$ virsh define first.xml
$ virsh start first

[install: with-autostart]
$ virt-install -n first --memory 512 --disk /var/lib/libvirt/images/first.qcow2 --import --osinfo debian11 --graphics none --noautoconsole --autostart

[console: hostname-file]
$ sleep 40
$ virsh console first
> 
> root
> root
> echo first > /etc/hostname
> exit
> ^]

[autostart: link]
$ mkdir -p /etc/libvirt/qemu/autostart
$ ln -s /etc/libvirt/qemu/first.xml /etc/libvirt/qemu/autostart/first.xml

[shutdown: acpi]
$ virsh shutdown first --mode acpi
$ sleep 20

[shutdown: from-inside]
$ virsh console first
> 
> root
> root
> poweroff
> ^]
$ sleep 20

[cut: as-one-word]
$ virsh start first
$ virsh 'destroy first'
