// libvirt's test driver: test:///default, a host with one running domain, made anew for each connection; nothing of it is real (libvirt's drvtest documentation).
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { Engine } from "./engine.ts";
import { addDefaultPool } from "./handlers/test-driver-handlers.ts";
import { startDomain } from "./start-domain.ts";
import { parseXml } from "./api/xml.ts";

const domainXml = `<domain type='test'>
  <name>test</name>
  <uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid>
  <memory unit='KiB'>8388608</memory>
  <currentMemory unit='KiB'>2097152</currentMemory>
  <vcpu placement='static'>2</vcpu>
  <os>
    <type arch='i686'>hvm</type>
    <boot dev='hd'/>
  </os>
  <clock offset='utc'/>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    <disk type='file' device='disk'>
      <source file='/guest/diskimage1'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <interface type='network'>
      <mac address='aa:bb:cc:dd:ee:ff'/>
      <source network='default' bridge='virbr0'/>
      <target dev='testnet0'/>
    </interface>
    <memballoon model='virtio'/>
  </devices>
</domain>`;

const networkXml = `<network>
  <name>default</name>
  <uuid>dd8fe884-6c02-601e-7551-cca97df1c5df</uuid>
  <forward mode='nat'/>
  <bridge name='virbr0' stp='on' delay='0'/>
  <ip address='192.168.122.1' netmask='255.255.255.0'>
    <dhcp>
      <range start='192.168.122.2' end='192.168.122.254'/>
    </dhcp>
  </ip>
</network>`;

export function* testEngine(sys: Sys, main: Sys): Blocking<Engine> {
  const engine = new Engine(main, true);
  const xml = parseXml(domainXml);
  const domain = engine.newDomain("test", xml.textOf("uuid") ?? "");
  domain.definition = xml;
  engine.domains.set("test", domain);
  yield* startDomain(sys, engine, domain, xml);
  const network = parseXml(networkXml);
  engine.networks.set("default", { name: "default", uuid: network.textOf("uuid") ?? "", xml: network, active: true, persistent: true, autostart: false });
  addDefaultPool(engine);
  return engine;
}
