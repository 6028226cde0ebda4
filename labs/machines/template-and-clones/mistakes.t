# What learners get wrong, each after the solution of the tasks before it, and the reason that they must be told.
[clone: clone.missing]
$ virt-clone --original template --name web1

[clone: template.running]
$ virsh start template

[clone: clone.other-name]
$ virt-clone --original template --auto-clone

[clone: clone.off]
$ virt-clone -o template -n web1 --auto-clone
$ virt-clone -o template -n web2 --auto-clone

[clone: clone.shares-disk]
$ virt-clone -o template -n web1 --preserve-data -f /var/lib/libvirt/images/template.qcow2

[same: file.missing]
$ virsh net-dhcp-leases default

[same: same.not-an-id]
$ hostname > ~/same.txt

[same: same.host]
$ cat /etc/machine-id > ~/same.txt

[same: same.wrong]
$ dbus-uuidgen > ~/same.txt

[twin: twin.missing]
$ virsh dumpxml web1 > twin.xml
$ sed -i 's/<name>web1/<name>twin/' twin.xml
$ virsh define twin.xml

[twin: twin.same-disk]
$ virsh dumpxml web1 | sed -e '/<uuid>/d' -e 's/<name>web1/<name>twin/' > twin.xml
$ virsh define twin.xml

[twin: twin.no-disk]
$ virsh dumpxml web1 | sed -e '/<uuid>/d' -e 's/<name>web1/<name>twin/' -e 's/web1.qcow2/twin.qcow2/' > twin.xml
$ virsh define twin.xml

[twin: twin.other-mac]
$ virsh destroy web1
$ virt-clone -o web1 -n twin --auto-clone
$ virsh start web1
$ virsh start twin

[twin: twin.off]
$ virsh destroy web1
$ cp /var/lib/libvirt/images/web1.qcow2 /var/lib/libvirt/images/twin.qcow2
$ virsh dumpxml web1 | sed -e '/<uuid>/d' -e 's/<name>web1/<name>twin/' -e 's/web1.qcow2/twin.qcow2/' > twin.xml
$ virsh define twin.xml
$ virsh start twin

[mac: mac.same]
$ virsh net-dhcp-leases default

[mac: mac.not-restarted]
$ virt-xml twin --edit --network mac=52:54:00:00:00:11

[mac: mac.off]
$ virsh destroy twin
$ virt-xml twin --edit --network mac=52:54:00:00:00:11

[mac: mac.no-card]
$ virsh detach-interface twin network --config

[by-hand: hand.machine-id]
$ ssh root@$(virsh -q domifaddr web2 | grep -o '192[0-9.]*') 'truncate -s 0 /etc/machine-id; reboot'
$ sleep 40

[by-hand: hand.no-machine-id]
$ ssh root@$(virsh -q domifaddr web2 | grep -o '192[0-9.]*') truncate -s 0 /etc/machine-id

[by-hand: hand.dbus]
$ ssh root@$(virsh -q domifaddr web2 | grep -o '192[0-9.]*') 'dbus-uuidgen > /etc/machine-id'

[by-hand: hand.no-keys]
$ ssh root@$(virsh -q domifaddr web2 | grep -o '192[0-9.]*') 'dbus-uuidgen > /etc/machine-id; rm /var/lib/dbus/machine-id /etc/ssh/ssh_host_*'

[by-hand: hand.keys]
$ ssh root@$(virsh -q domifaddr web2 | grep -o '192[0-9.]*') 'dbus-uuidgen > /etc/machine-id; rm /var/lib/dbus/machine-id; ssh-keygen -A'

[by-hand: hand.hostname]
$ ssh root@$(virsh -q domifaddr web2 | grep -o '192[0-9.]*') 'dbus-uuidgen > /etc/machine-id; rm /var/lib/dbus/machine-id /etc/ssh/ssh_host_*; ssh-keygen -A; hostname web2'

[by-hand: hand.ssh]
$ ssh root@$(virsh -q domifaddr web2 | grep -o '192[0-9.]*') 'dbus-uuidgen > /etc/machine-id; rm /var/lib/dbus/machine-id /etc/ssh/ssh_host_*; ssh-keygen -A; hostnamectl set-hostname web2; systemctl stop ssh'

[sysprep: sysprep.not-used]
$ virsh shutdown web1

[sysprep: sysprep.live]
$ virt-sysprep -d web1 --hostname web1

[sysprep: sysprep.failed]
$ virsh destroy web1
$ virt-sysprep -d web1 --enable hostkeys

[sysprep: sysprep.dry-run]
$ virsh destroy web1
$ virt-sysprep -n -d web1

[sysprep: sysprep.off]
$ virsh destroy web1
$ virt-sysprep -d web1 --hostname web1

[sysprep: sysprep.no-keys]
$ virsh destroy web1
$ virt-sysprep -d web1 --hostname web1
$ virsh start web1
$ sleep 30

[sysprep: sysprep.hostname]
$ virsh destroy web1
$ virt-sysprep -d web1 --run-command 'ssh-keygen -A'
$ virsh start web1
$ sleep 30

[sysprep: sysprep.keys]
$ virsh destroy web1
$ virt-sysprep -d web1 --hostname web1 --operations defaults,-ssh-hostkeys
$ virsh start web1
$ sleep 30

[sysprep: sysprep.machine-id]
$ virsh destroy web1
$ virt-sysprep -d web1 --enable ssh-hostkeys,customize --hostname web1
$ virsh start web1
$ sleep 30

[sysprep: sysprep.ssh]
$ virsh destroy web1
$ virt-sysprep -d web1 --hostname web1
$ virsh start web1
$ sleep 30
$ virsh console web1
> 
> root
> root
> ssh-keygen -A
> exit
> ^]

[template: template.keys]
$ virt-customize -d template --truncate /etc/machine-id

[template: template.machine-id]
$ guestfish -d template -i sh 'rm /etc/ssh/ssh_host_*'

[template: template.machine-id-set]
$ virt-sysprep -d template

[template: template.dbus]
$ guestfish -d template -i sh 'rm /etc/ssh/ssh_host_*; truncate -s 0 /etc/machine-id'

[template: template.running]
$ virsh start template

[seed: seed.no-disk]
$ virt-clone -o template -n app1 --auto-clone
$ virsh start app1
$ sleep 30

[seed: seed.ignored]
$ printf '#cloud-config\nhostname: app1\n' > user-data
$ genisoimage -quiet -o /var/lib/libvirt/images/s.iso -V seed user-data
$ cp user-data /var/lib/libvirt/images/s.iso
$ virt-clone -o template -n app1 --auto-clone
$ virsh attach-disk app1 /var/lib/libvirt/images/s.iso sda --type cdrom --config
$ virsh start app1
$ sleep 40

[seed: seed.yaml]
$ printf '#cloud-config\nhostname: app1\nusers:\n - name: deploy\n  shell: /bin/bash\n' > user-data
$ cloud-localds /var/lib/libvirt/images/s.iso user-data
$ virt-clone -o template -n app1 --auto-clone
$ virsh attach-disk app1 /var/lib/libvirt/images/s.iso sda --type cdrom --config
$ virsh start app1
$ sleep 40

[seed: seed.hostname]
$ printf '#cloud-config\nusers:\n  - name: deploy\n' > user-data
$ cloud-localds /var/lib/libvirt/images/s.iso user-data
$ virt-clone -o template -n app1 --auto-clone
$ virsh attach-disk app1 /var/lib/libvirt/images/s.iso sda --type cdrom --config
$ virsh start app1
$ sleep 40

[seed: seed.key]
$ printf '#cloud-config\nhostname: app1\nusers:\n  - name: deploy\nssh_authorized_keys:\n  - %s\n' "$(cat ~/.ssh/id_ed25519.pub)" > user-data
$ cloud-localds /var/lib/libvirt/images/s.iso user-data
$ virt-clone -o template -n app1 --auto-clone
$ virsh attach-disk app1 /var/lib/libvirt/images/s.iso sda --type cdrom --config
$ virsh start app1
$ sleep 40

[seed: seed.runcmd]
$ printf '#cloud-config\nhostname: app1\nusers:\n  - name: deploy\n    ssh_authorized_keys:\n      - %s\nwrite_files:\n  - path: /etc/app.conf\n    content: mode=production\nruncmds:\n  - touch /var/lib/app-ready\n' "$(cat ~/.ssh/id_ed25519.pub)" > user-data
$ cloud-localds /var/lib/libvirt/images/s.iso user-data
$ virt-clone -o template -n app1 --auto-clone
$ virsh attach-disk app1 /var/lib/libvirt/images/s.iso sda --type cdrom --config
$ virsh start app1
$ sleep 40
