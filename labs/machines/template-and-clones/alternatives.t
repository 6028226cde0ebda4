# Other right ways, each after the solution of the tasks before it.
[clone: files]
$ virt-clone -o template -n web1 -f /var/lib/libvirt/images/a.qcow2
$ virt-clone -o template -n web2 -f /var/lib/libvirt/images/b.qcow2
$ for i in 1 2; do virsh start web$i; done

[clone: by-hand]
$ cd /var/lib/libvirt/images
$ for n in web1 web2; do qemu-img convert -O qcow2 template.qcow2 $n.qcow2; virsh dumpxml template | sed -e '/uuid>/d' -e '/mac address/d' -e "s/<name>template/<name>$n/" -e "s/template.qcow2/$n.qcow2/" > $n.xml; virsh define $n.xml; virsh start $n; done

[clone: linked]
$ for n in web1 web2; do qemu-img create -f qcow2 -b /var/lib/libvirt/images/template.qcow2 -F qcow2 /var/lib/libvirt/images/$n.qcow2; virt-clone -o template -n $n --preserve-data -f /var/lib/libvirt/images/$n.qcow2; virsh start $n; done

[same: virt-cat]
$ virt-cat -d web1 /etc/machine-id > same.txt

[same: console]
$ virsh console web1
> 
> root
> root
> cat /etc/machine-id
> exit
> ^]
$ virt-ls -d web2 /etc/ssh
$ guestfish --ro -d template -i cat /etc/machine-id | tee ~/same.txt

[twin: clone-then-mac]
$ virsh shutdown web1
$ sleep 10
$ virt-clone -o web1 -n twin --auto-clone --mac $(virsh -q domiflist web1 | grep -o '52:54:00:[0-9a-f:]*')
$ virt-clone -o web1 -n twin --auto-clone
$ virt-xml twin --edit --network mac=$(virsh dumpxml web1 | grep -o '52:54:00:[0-9a-f:]*')
$ virsh start twin
$ virsh start web1

[mac: edit]
$ virsh dumpxml --inactive twin | sed "s/52:54:00:[0-9a-f:]*/52:54:00:aa:bb:cc/" > other.xml
$ virsh destroy twin
$ virsh define other.xml
$ virsh start twin
$ sleep 30

[mac: replace-card]
$ virsh shutdown twin
$ sleep 10
$ virsh detach-interface twin network --config
$ virsh attach-interface twin network default --model virtio --config
$ virsh start twin
$ sleep 30

[by-hand: over-ssh]
$ i=$(virsh -q domifaddr web2 | grep -o '192[0-9.]*')
$ ssh root@$i 'rm /etc/ssh/ssh_host_*; DEBIAN_FRONTEND=noninteractive dpkg-reconfigure openssh-server'
$ ssh-keygen -R $i
$ ssh -o StrictHostKeyChecking=accept-new root@$i 'rm /etc/machine-id /var/lib/dbus/machine-id; systemd-machine-id-setup; ln -s /etc/machine-id /var/lib/dbus/machine-id; hostnamectl set-hostname web2'

[by-hand: dbus-uuidgen]
$ i=$(virsh -q domifaddr web2 | grep -o '192[0-9.]*')
$ ssh root@$i 'dbus-uuidgen > /etc/machine-id; cp /etc/machine-id /var/lib/dbus/machine-id; echo web2 > /etc/hostname; rm /etc/ssh/ssh_host_*; ssh-keygen -A; systemctl restart ssh; hostname web2'

[sysprep: chosen-operations]
$ virsh shutdown web1
$ sleep 10
$ virt-sysprep -d web1 --operations defaults,-ssh-userdir --hostname web1 --firstboot-command 'dpkg-reconfigure openssh-server'
$ virsh start web1
$ sleep 40

[sysprep: by-disk]
$ virsh destroy web1
$ virt-sysprep --quiet -a /var/lib/libvirt/images/web1.qcow2 --hostname web1 --run-command 'ssh-keygen -A'
$ virsh start web1
$ sleep 30

[sysprep: keys-at-the-console]
$ virsh shutdown web1
$ sleep 10
$ virt-sysprep --domain=web1 --enable machine-id,ssh-hostkeys,customize --hostname web1
$ virsh start web1
$ sleep 30
$ virsh console web1
> 
> root
> root
> ssh-keygen -A
> systemctl restart ssh
> exit
> ^]

[template: without-customize]
$ virt-sysprep -d template --operations defaults,-customize

[template: two-tools]
$ virt-sysprep -d template
$ virt-customize -d template --truncate /etc/machine-id

[template: guestfish]
$ guestfish -d template -i glob rm /etc/ssh/ssh_host_* : truncate /etc/machine-id : rm /var/lib/dbus/machine-id

[seed: second-disk]
$ printf '#cloud-config\nfqdn: app1.example.org\nhostname: app1\nusers:\n  - default\n  - {name: deploy, ssh_authorized_keys: ["%s"]}\nwrite_files:\n  - {path: /etc/app.conf, content: "mode=production\\n"}\nruncmd:\n  - [touch, /var/lib/app-ready]\n' "$(cat ~/.ssh/id_ed25519.pub)" > ud
$ cloud-localds -d qcow2 seed.img ud
$ mv seed.img /var/lib/libvirt/images/
$ virt-clone -o template -n app1 --auto-clone
$ virsh attach-disk app1 /var/lib/libvirt/images/seed.img vdb --subdriver qcow2 --config
$ virsh start app1
$ sleep 50

[seed: virt-install]
$ printf '#cloud-config\nhostname: app1\nusers:\n  - name: deploy\n    ssh_authorized_keys: ["%s"]\nwrite_files:\n  - path: /etc/app.conf\n    encoding: b64\n    content: bW9kZT1wcm9kdWN0aW9u\nruncmd:\n  - "touch /var/lib/app-ready"\n' "$(cat ~/.ssh/id_ed25519.pub)" > ud
$ cloud-localds --hostname app1 /var/lib/libvirt/images/app1-seed.img ud
$ qemu-img create -f qcow2 -b /var/lib/libvirt/images/template.qcow2 -F qcow2 /var/lib/libvirt/images/app1.qcow2
$ virt-install --quiet --name app1 --memory 512 --import --osinfo debian11 --disk /var/lib/libvirt/images/app1.qcow2 --disk /var/lib/libvirt/images/app1-seed.img,device=cdrom --network network=default --graphics none --noautoconsole
$ sleep 50
