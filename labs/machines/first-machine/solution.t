# One way through the lab, task by task.
[cpu]
$ grep -Ec 'vmx|svm' /proc/cpuinfo
$ ls /dev/kvm
$ echo qemu > ~/accel.txt

[network]
$ virsh net-start default
$ virsh net-autostart default

[disk]
$ qemu-img create -f qcow2 -b /var/lib/libvirt/images/guest.qcow2 -F qcow2 /var/lib/libvirt/images/first.qcow2 1G
$ qemu-img info /var/lib/libvirt/images/first.qcow2

[install]
$ virt-install --name first --memory 1024 --vcpus 1 --disk /var/lib/libvirt/images/first.qcow2 --import --osinfo debian11 --network network=default --graphics none --noautoconsole

[console]
$ sleep 40
$ virsh console first
> 
> root
> root
> hostnamectl set-hostname first
> exit
> ^]

[autostart]
$ virsh autostart first

[shutdown]
$ virsh shutdown first
$ sleep 20
$ virsh list --all

[cut]
$ virsh start first
$ virsh destroy first
$ virsh domstate first --reason
