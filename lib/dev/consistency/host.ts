// A host with three virtual machines and Docker, for random commands: what it is, and how it is asked.
import { decode } from "../../sim/kernel/sys.ts";
import type { GuestView } from "../../sim/machine/view.ts";
import { createWorld, type World } from "../../sim/world/world.ts";

export const images = "/var/lib/libvirt/images";
export const domainNames = ["v1", "v2", "v3"] as const;

export interface Answer {
  readonly text: string;
  readonly status: number;
}

export function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

export class Host {
  readonly world: World = createWorld({ host: "debian-12-virt", packages: ["docker.io", "containerd", "runc"], seed: 5, epochUs: 1_795_295_310_000_000 });

  constructor() {
    this.world.step(3_000_000, 1e9);
    this.text("virsh -q net-start default; virsh -q net-autostart default; docker pull -q alpine; docker network create -d bridge extra");
    this.text(`printf '<network><name>lab</name><bridge name="virbr7"/><ip address="10.7.0.1" netmask="255.255.255.0"><dhcp><range start="10.7.0.2" end="10.7.0.9"/></dhcp></ip></network>' > /root/lab.xml`);
    this.text("mkdir -p /root/b; printf 'FROM alpine\\nRUN echo built > /built\\nCOPY Dockerfile /srv/\\nCMD [\"sleep\",\"1000\"]\\n' > /root/b/Dockerfile");
    for (const [index, name] of domainNames.entries()) {
      this.text(`qemu-img create -q -f qcow2 -b ${images}/guest.qcow2 -F qcow2 ${images}/${name}.qcow2; qemu-img create -q -f qcow2 ${images}/${name}-data.qcow2 64M`);
      this.text(`virt-install --name ${name} --memory 160 --vcpus 1,maxvcpus=2 --import --disk ${images}/${name}.qcow2 --osinfo debian11 --network default,mac=52:54:00:00:00:0${index + 1} --graphics none --noautoconsole --print-xml > /root/${name}.xml; virsh -q define /root/${name}.xml`);
    }
  }

  run(command: string): Answer {
    const result = this.world.runProgram({ argv: ["bash", "-c", command], directory: "/root", limitUs: 400_000_000, maxSteps: 1e9 });
    // A shell that the machine's own end took away has no status.
    if (result.status === undefined && !/reboot|sysrq/.test(command)) throw new Error(`does not end: ${command}`);
    return { text: decode(result.stdout) + decode(result.stderr), status: result.status ?? -1 };
  }

  text(command: string): string {
    return this.run(command).text;
  }

  lines(command: string): readonly string[] {
    return linesOf(this.text(command));
  }

  guest(name: string): GuestView | undefined {
    return this.world.view().guests.find((guest) => guest.name === name);
  }
}
