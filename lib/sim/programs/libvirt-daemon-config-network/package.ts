import type { DebianPackage } from "../kit/package.ts";

const network = `<network>
  <name>default</name>
  <uuid>3b2c8a54-6f0e-4a55-9d0a-6f5d1f5c1e77</uuid>
  <forward mode='nat'>
    <nat>
      <port start='1024' end='65535'/>
    </nat>
  </forward>
  <bridge name='virbr0' stp='on' delay='0'/>
  <mac address='52:54:00:3c:9a:51'/>
  <ip address='192.168.122.1' netmask='255.255.255.0'>
    <dhcp>
      <range start='192.168.122.2' end='192.168.122.254'/>
    </dhcp>
  </ip>
</network>
`;

export default {
  name: "libvirt-daemon-config-network",
  summary: "default network of libvirt",
  files: [{ path: "/etc/libvirt/qemu/networks/default.xml", text: network, mode: 0o600, conffile: true }],
} satisfies DebianPackage;
