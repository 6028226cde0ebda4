# One way through the lab, task by task.
[clone]
$ virsh list --all
$ virt-clone --original template --name web1 --auto-clone
$ virt-clone --original template --name web2 --auto-clone
$ virsh start web1
$ virsh start web2
$ sleep 30

[same]
$ virsh net-dhcp-leases default
$ ssh -o StrictHostKeyChecking=accept-new root@$(virsh -q domifaddr web1 | grep -o '192[0-9.]*') cat /etc/machine-id
$ ssh -o StrictHostKeyChecking=accept-new root@$(virsh -q domifaddr web2 | grep -o '192[0-9.]*') cat /etc/machine-id > ~/same.txt

[twin]
$ virsh shutdown web1
$ sleep 10
$ cp /var/lib/libvirt/images/web1.qcow2 /var/lib/libvirt/images/twin.qcow2
$ virsh dumpxml web1 > twin.xml
$ sed -i -e '/<uuid>/d' -e 's/<name>web1/<name>twin/' -e 's/web1.qcow2/twin.qcow2/' twin.xml
$ virsh define twin.xml
$ virsh start web1
$ virsh start twin
$ sleep 30
$ virsh net-dhcp-leases default

[mac]
$ virsh destroy twin
$ virt-xml twin --edit --network mac=52:54:00:00:00:11
$ virsh start twin
$ sleep 30

[by-hand]
$ virsh console web2
> 
> root
> root
> rm /etc/ssh/ssh_host_*
> ssh-keygen -A
> hostnamectl set-hostname web2
> truncate -s 0 /etc/machine-id
> rm /var/lib/dbus/machine-id
> reboot
> ^]
$ sleep 40

[sysprep]
$ virsh shutdown web1
$ sleep 10
$ virt-sysprep -d web1 --hostname web1 --ssh-inject root --firstboot-command 'ssh-keygen -A && systemctl restart ssh'
$ virsh start web1
$ sleep 40

[template]
$ virt-sysprep -d template --truncate /etc/machine-id
$ virt-ls -d template /etc/ssh

[seed]
$ cat > user-data <<'END'
> #cloud-config
> hostname: app1
> users:
>   - name: deploy
>     shell: /bin/bash
>     ssh_authorized_keys:
>       - KEY
> write_files:
>   - path: /etc/app.conf
>     content: |
>       mode=production
> runcmd:
>   - touch /var/lib/app-ready
> END
$ sed -i "s|KEY|$(cat ~/.ssh/id_ed25519.pub)|" user-data
$ cloud-init schema --config-file user-data
$ cloud-localds /var/lib/libvirt/images/app1-seed.iso user-data
$ virt-clone -o template -n app1 --auto-clone
$ virsh attach-disk app1 /var/lib/libvirt/images/app1-seed.iso sda --type cdrom --config
$ virsh start app1
$ sleep 50
$ ssh -o StrictHostKeyChecking=accept-new deploy@$(virsh -q domifaddr app1 | grep -o '192[0-9.]*') cloud-init status
