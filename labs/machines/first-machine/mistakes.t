# What learners get wrong, each after the solution of the tasks before it, and the reason that they must be told.
[cpu: file.missing]
$ grep -Ec 'vmx|svm' /proc/cpuinfo

[cpu: accel.unclear]
$ grep -Ec 'vmx|svm' /proc/cpuinfo > ~/accel.txt

[cpu: accel.wrong]
$ lsmod
$ echo kvm > ~/accel.txt

[cpu: accel.not-looked]
$ echo qemu > ~/accel.txt

[network: network.inactive]
$ virsh net-autostart default

[network: network.no-autostart]
$ virsh net-start default

[network: network.missing]
$ virsh net-undefine default

[disk: disk.missing]
$ qemu-img create -f qcow2 -b /var/lib/libvirt/images/guest.qcow2 /var/lib/libvirt/images/first.qcow2

[disk: disk.missing]
$ qemu-img create -f qcow2 -b /var/lib/libvirt/images/guest.qcow2 -F qcow2 /root/first.qcow2

[disk: disk.not-qcow2]
$ qemu-img create /var/lib/libvirt/images/first.qcow2 1G

[disk: disk.no-backing]
$ qemu-img create -f qcow2 /var/lib/libvirt/images/first.qcow2 1G

[disk: disk.no-backing]
$ cp /var/lib/libvirt/images/guest.qcow2 /var/lib/libvirt/images/first.qcow2

[disk: disk.other-base]
$ qemu-img create -f qcow2 -b /srv/images/debian-12-genericcloud-amd64.qcow2 -F qcow2 /var/lib/libvirt/images/first.qcow2

[install: guest.missing]
$ virt-install --name first --disk /var/lib/libvirt/images/first.qcow2 --graphics none --noautoconsole

[install: install.other-name]
$ virt-install --name web --memory 1024 --disk /var/lib/libvirt/images/first.qcow2 --import --osinfo debian11 --graphics none --noautoconsole

[install: install.other-disk]
$ virt-install --name first --memory 1024 --disk /var/lib/libvirt/images/guest.qcow2 --import --osinfo debian11 --graphics none --noautoconsole

[install: install.no-network]
$ virt-install --name first --memory 1024 --disk /var/lib/libvirt/images/first.qcow2 --import --osinfo debian11 --network none --graphics none --noautoconsole

[install: install.not-running]
$ virt-install --name first --memory 1024 --disk /var/lib/libvirt/images/first.qcow2 --import --osinfo debian11 --graphics none --print-xml > first.xml
$ virsh define first.xml

[console: console.booting]
$ virsh dominfo first

[console: console.not-renamed]
$ sleep 40

[console: console.host-renamed]
$ hostnamectl set-hostname first

[console: console.off]
$ virsh destroy first

[autostart: guest.no-autostart]
$ systemctl enable libvirtd

[shutdown: shutdown.running]
$ virsh list

[shutdown: shutdown.paused]
$ virsh suspend first

[shutdown: shutdown.destroyed]
$ virsh destroy first

[shutdown: guest.missing]
$ virsh destroy first
$ virsh undefine first

[cut: cut.running]
$ virsh start first

[cut: cut.not-cut]
$ virsh start first
$ sleep 40
$ virsh shutdown first
$ sleep 20
