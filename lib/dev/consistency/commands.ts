// What a random sequence is made of: commands of virsh and docker, of the tools around them, and what happens to machines from outside.
import fc from "fast-check";
import { domainNames, images } from "./host.ts";

const domain = fc.constantFrom(...domainNames);
const container = fc.constantFrom("c1", "c2", "c3", "c4");
const label = fc.constantFrom("s1", "s2");
const nothingOr = (...words: readonly string[]) => fc.constantFrom("", ...words.map((word) => ` ${word}`));
const scope = nothingOr("--config", "--live", "--persistent");

/** Weights are how often people do it. */
const virsh = fc.oneof(
  { weight: 8, arbitrary: domain.map((name) => `virsh start ${name}`) },
  { weight: 3, arbitrary: domain.map((name) => `virsh destroy ${name}`) },
  { weight: 3, arbitrary: domain.map((name) => `virsh shutdown ${name}`) },
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom("suspend", "resume", "reset", "reboot", "managedsave", "autostart", "undefine", "managedsave-remove", "domtime", "shutdown --mode agent", "reboot --mode agent", "destroy --graceful", "domfsfreeze", "domfsthaw", "autostart --disable", "start --paused", "inject-nmi"), domain).map(([what, name]) => `virsh ${what} ${name}`) },
  { weight: 1, arbitrary: domain.map((name) => `virsh undefine --managed-save --snapshots-metadata ${name}`) },
  { weight: 3, arbitrary: domain.map((name) => `virsh define /root/${name}.xml`) },
  { weight: 1, arbitrary: domain.map((name) => `virsh create /root/${name}.xml`) },
  { weight: 2, arbitrary: domain.map((name) => `virsh save ${name} /root/${name}.save`) },
  { weight: 2, arbitrary: fc.tuple(domain, nothingOr("--paused")).map(([name, how]) => `virsh restore /root/${name}.save${how}`) },
  { weight: 2, arbitrary: fc.tuple(domain, scope).map(([name, how]) => `virsh attach-disk ${name} ${images}/${name}-data.qcow2 vdb --subdriver qcow2${how}`) },
  { weight: 2, arbitrary: fc.tuple(domain, scope).map(([name, how]) => `virsh detach-disk ${name} vdb${how}`) },
  { weight: 2, arbitrary: fc.tuple(domain, fc.integer({ min: 5, max: 7 }), fc.constantFrom("default", "lab"), scope).map(([name, last, network, how]) => `virsh attach-interface ${name} network ${network} --model virtio --mac 52:54:00:00:0${last}:0${name.slice(1)}${how}`) },
  { weight: 2, arbitrary: fc.tuple(domain, fc.integer({ min: 5, max: 7 }), scope).map(([name, last, how]) => `virsh detach-interface ${name} network --mac 52:54:00:00:0${last}:0${name.slice(1)}${how}`) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom("setmem", "setmaxmem"), domain, fc.constantFrom("100M", "160M", "200M"), scope).map(([what, name, size, how]) => `virsh ${what} ${name} ${size}${how}`) },
  { weight: 1, arbitrary: fc.tuple(domain, fc.integer({ min: 1, max: 3 }), scope).map(([name, count, how]) => `virsh setvcpus ${name} ${count}${how}`) },
  { weight: 4, arbitrary: fc.tuple(domain, label).map(([name, snapshot]) => `virsh snapshot-create-as ${name} ${snapshot}`) },
  { weight: 4, arbitrary: fc.tuple(domain, label, nothingOr("--running", "--paused", "--force")).map(([name, snapshot, how]) => `virsh snapshot-revert ${name} ${snapshot}${how}`) },
  { weight: 2, arbitrary: fc.tuple(domain, label, nothingOr("--children", "--children-only", "--metadata")).map(([name, snapshot, how]) => `virsh snapshot-delete ${name} ${snapshot}${how}`) },
  { weight: 1, arbitrary: domain.map((name) => `virsh snapshot-create-as ${name} x1 --disk-only`) },
  { weight: 1, arbitrary: domain.map((name) => `virsh blockcommit ${name} vda --base ${images}/${name}.qcow2 --active --pivot --wait`) },
  { weight: 1, arbitrary: fc.tuple(domain, domain).map(([name, other]) => `virsh domrename ${name} ${other}`) },
  { weight: 1, arbitrary: domain.map((name) => `virt-clone -q --original ${name} --name k1 --auto-clone`) },
  { weight: 1, arbitrary: fc.constantFrom("virsh undefine k1 --remove-all-storage", "virsh start k1", "virsh destroy k1") },
);

/** Networks and pools of libvirt. */
const around = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom("virsh net-destroy default", "virsh net-start default", "virsh net-define lab.xml", "virsh net-start lab", "virsh net-destroy lab", "virsh net-undefine lab", "virsh net-autostart lab", "virsh net-create lab.xml") },
  { weight: 2, arbitrary: fc.constantFrom("virsh pool-define-as p1 dir --target /srv/p1", "virsh pool-create-as p1 dir --target /srv/p1 --build", "virsh pool-build p1", "virsh pool-start p1", "virsh pool-destroy p1", "virsh pool-undefine p1", "virsh pool-autostart p1", "virsh pool-refresh p1", "virsh pool-delete p1", "mkdir -p /srv/p1") },
  { weight: 2, arbitrary: fc.constantFrom("virsh vol-create-as p1 a.qcow2 10M --format qcow2", "virsh vol-create-as p1 b.img 5M", "virsh vol-clone a.qcow2 c.qcow2 --pool p1", "virsh vol-resize a.qcow2 20M --pool p1", "virsh vol-delete a.qcow2 --pool p1", "virsh vol-delete --pool p1 b.img", "virsh vol-wipe b.img --pool p1", "truncate -s 1M /srv/p1/d.img", "rm -f /srv/p1/b.img", "virsh vol-create-as p1 o.qcow2 10M --format qcow2 --backing-vol a.qcow2 --backing-vol-format qcow2") },
);


/** What happens in a guest and to its process. */
const inGuests = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(domain, fc.integer({ min: 1, max: 99 }), fc.boolean()).map(([name, number, safe]) => `virsh qemu-agent-command ${name} '{"execute":"guest-exec","arguments":{"path":"/bin/sh","arg":["-c","touch /root/m${number}${safe ? "; sync" : ""}"]}}'`) },
  { weight: 1, arbitrary: fc.tuple(domain, fc.constantFrom("reboot", "poweroff", "reboot -f", "echo c > /proc/sysrq-trigger", "echo b > /proc/sysrq-trigger", "sleep 500 &")).map(([name, what]) => `virsh qemu-agent-command ${name} '{"execute":"guest-exec","arguments":{"path":"/bin/sh","arg":["-c","${what}"]}}'`) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("KILL", "TERM", "STOP", "CONT"), domain).map(([signal, name]) => `kill -${signal} $(cat /run/libvirt/qemu/${name}.pid)`) },
  { weight: 1, arbitrary: fc.constantFrom("systemctl restart libvirtd", "systemctl stop libvirtd libvirtd.socket libvirtd-ro.socket libvirtd-admin.socket; sleep 3; systemctl start libvirtd", "pkill -9 -o qemu", "pkill -9 libvirtd; sleep 2", "pkill -9 dnsmasq; sleep 1; systemctl restart libvirtd") },
);

const docker = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(container, nothingOr("--network extra", "--network none", "--network host", "-p 8081:80", "-p 8082:80/udp -p 127.0.0.1:8083:81", "--restart always", "--restart on-failure:2", "--restart unless-stopped", "--pid host", "--ipc host", "--uts host", "-v data:/data", "-v /root/b:/b:ro", "-v /anonymous", "--tmpfs /tmp", "--rm", "--init", "--user 1000", "--read-only", "-m 32m", "--privileged", "--cap-drop ALL"), fc.constantFrom("sleep 1000", "sleep 1000", "sleep 6", "false", "sh -c 'echo one > /data/one; sleep 1000'", "sh -c 'trap exit TERM; while :; do sleep 1; done'")).map(([name, how, what]) => `docker run -d --name ${name}${how} alpine ${what}`) },
  { weight: 10, arbitrary: fc.tuple(fc.constantFrom("stop -t 1", "start", "kill", "kill -s TERM", "rm -f", "rm -fv", "rm", "pause", "unpause", "restart -t 1", "network connect extra", "network connect --alias alias extra", "network disconnect extra", "network disconnect bridge", "network disconnect -f extra", "update --restart no", "update -m 24m --memory-swap 48m", "commit -q"), container).map(([what, name]) => `docker ${what} ${name}`) },
  { weight: 1, arbitrary: fc.tuple(container, container).map(([name, other]) => `docker rename ${name} ${other}`) },
  { weight: 2, arbitrary: container.map((name) => `docker exec -d ${name} sleep 5`) },
  { weight: 1, arbitrary: container.map((name) => `docker exec ${name} sh -c 'date > /data/two || date > /two'`) },
  { weight: 1, arbitrary: fc.tuple(container, container).map(([name, other]) => `docker run -d --name ${name} --network container:${other} alpine sleep 1000`) },
  { weight: 1, arbitrary: fc.tuple(container, container).map(([name, other]) => `docker run -d --name ${name} --volumes-from ${other} alpine sleep 1000`) },
  { weight: 2, arbitrary: container.map((name) => `kill -9 $(docker inspect -f '{{.State.Pid}}' ${name})`) },
  { weight: 3, arbitrary: fc.constantFrom("docker build -q -t t1 b", "docker build -q -t t2 --no-cache b", "docker tag alpine t1:old", "docker rmi t1", "docker rmi -f t2", "docker rmi t1:old", "docker image prune -f", "docker image prune -af; docker pull -q alpine", "docker save -o /root/t1.tar t1", "docker load -q -i /root/t1.tar", "docker export c1 | docker import - t3", "docker run -d --name c4 t1", "docker create --name c3 alpine sleep 1000", "docker cp b c1:/b2", "docker commit -q c1 t2") },
  { weight: 3, arbitrary: fc.constantFrom("docker container prune -f", "docker network rm extra", "docker network create extra", "docker network create --internal inner", "docker network rm inner", "docker network prune -f", "docker volume prune -f", "docker volume prune -af", "docker volume create named", "docker volume rm named data", "docker system prune -f", "docker run --rm alpine true") },
  { weight: 1, arbitrary: fc.constantFrom("systemctl restart docker", "systemctl stop docker docker.socket; sleep 1; systemctl start docker", "pkill -9 dockerd; sleep 3") },
);

const host = fc.constantFrom("reboot; sleep 20", "echo b > /proc/sysrq-trigger", "systemctl reboot; sleep 20");

const command = fc.oneof(
  { weight: 50, arbitrary: virsh },
  { weight: 10, arbitrary: around },
  { weight: 14, arbitrary: inGuests },
  { weight: 40, arbitrary: docker },
  { weight: 10, arbitrary: fc.integer({ min: 0, max: 20 }).map((count) => `sleep ${count}`) },
  { weight: 1, arbitrary: host },
);

const sequence = fc.array(command, { minLength: 60, maxLength: 60 });

export function sequenceOf(seed: number): readonly string[] {
  return fc.sample(sequence, { numRuns: 1, seed })[0] ?? [];
}
