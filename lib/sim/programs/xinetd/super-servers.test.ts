// inetd, tcpd, xinetd and sshd under /etc/hosts.allow and /etc/hosts.deny; tcpdmatch and tcpdchk of tcpd 7.6.q-32.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const world = createWorld({ host: "debian-12", packages: ["netcat-openbsd"], seed: 1, epochUs: 1_795_295_340_000_000 });
world.step(30_000_000, 50_000_000);
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 120_000_000, maxSteps: 50_000_000 }).stdout);

test("inetd and tcpd", () => {
  expect(output("apt-get install -y openbsd-inetd >log 2>&1; echo $?; systemctl is-active inetd; printf 'daytime stream tcp nowait root internal\\nfinger stream tcp nowait nobody /usr/sbin/tcpd /usr/bin/id -un\\n7777 stream tcp nowait student /usr/bin/id id -u\\nnosuch stream tcp nowait root /bin/x x\\n' >> /etc/inetd.conf; systemctl reload inetd; sleep 1; nc -N 127.0.0.1 13 </dev/null; nc -N 127.0.0.1 7777 </dev/null; echo 'id: 127.' > /etc/hosts.deny; nc -N 127.0.0.1 79 </dev/null; echo '# nothing' > /etc/hosts.deny; nc -N 127.0.0.1 79 </dev/null; journalctl -q -o cat -t id -t inetd")).toBe(
    "0\nactive\nSat Nov 21 21:09:31 2026\r\n1000\nnobody\nnosuch/tcp: unknown service\nrefused connect from localhost (127.0.0.1)\nconnect from localhost (127.0.0.1)\n",
  );
  expect(output("update-inetd --disable daytime,finger; tail -n 4 /etc/inetd.conf | cut -c1-22; update-inetd --enable daytime; update-inetd --remove '7777.*'; update-inetd --add 'foo stream tcp nowait root /bin/x x'; tail -n 4 /etc/inetd.conf | cut -c1-22")).toBe(
    "#<off># daytime stream\n#<off># finger stream \n7777 stream tcp nowait\nnosuch stream tcp nowa\n\ndaytime stream tcp now\n#<off># finger stream \nnosuch stream tcp nowa\n",
  );
});

test("tcpdmatch, tcpdchk, sshd", () => {
  expect(output("mkdir -p w; cd w; printf 'sshd: 192.168.1. 10.0.0.0/255.0.0.0\\nin.telnetd: LOCAL, .lan EXCEPT bad.lan : spawn echo %%a\\nvsftpd : ALL : DENY\\nfoo: ALL: twist /bin/echo no\\n' > hosts.allow; printf 'ALL: ALL\\n' > hosts.deny; for one in 'sshd 192.168.1.5' 'sshd 10.9.9.9' 'sshd 172.16.0.1' 'in.telnetd localhost' 'vsftpd 1.2.3.4' 'foo 1.2.3.4' 'in.telnetd unknown'; do tcpdmatch -d $one; done; tcpdchk -d -v -i hosts.allow")).toBe(
    "client:   address  192.168.1.5\nserver:   process  sshd\naccess:   granted\nclient:   address  10.9.9.9\nserver:   process  sshd\naccess:   granted\nclient:   address  172.16.0.1\nserver:   process  sshd\naccess:   denied\nclient:   hostname localhost\nclient:   address  127.0.0.1\nserver:   process  in.telnetd\naccess:   granted\nclient:   address  1.2.3.4\nserver:   process  vsftpd\naccess:   denied\nclient:   address  1.2.3.4\nserver:   process  foo\naccess:   delegated\nserver:   process  in.telnetd\naccess:   denied\n" +
      "Using network configuration file: hosts.allow\n\n>>> Rule hosts.allow line 1:\ndaemons:  sshd\nclients:  192.168.1. 10.0.0.0/255.0.0.0\naccess:   granted\n\n>>> Rule hosts.allow line 2:\ndaemons:  in.telnetd\nclients:  LOCAL .lan EXCEPT bad.lan\naccess:   granted\n\n>>> Rule hosts.allow line 3:\ndaemons:  vsftpd\nclients:  ALL\naccess:   denied\n\n>>> Rule hosts.allow line 4:\ndaemons:  foo\nclients:  ALL\naccess:   granted\n\n>>> Rule hosts.deny line 1:\ndaemons:  ALL\nclients:  ALL\naccess:   denied\n",
  );
  expect(output("echo 'ALL EXCEPT cron: 127.0.0.0/8' > /etc/hosts.deny; ssh student@127.0.0.1 id; echo $?; journalctl -q -t sshd -n 1 -o cat; echo 'sshd: localhost' > /etc/hosts.allow; ssh -o StrictHostKeyChecking=no -o BatchMode=yes student@127.0.0.1 id; rm /etc/hosts.allow /etc/hosts.deny")).toBe(
    "kex_exchange_identification: Connection closed by remote host\r\nConnection closed by 127.0.0.1 port 22\r\n255\nrefused connect from localhost (127.0.0.1)\nWarning: Permanently added '127.0.0.1' (ED25519) to the list of known hosts.\r\nstudent@127.0.0.1: Permission denied (publickey,password).\r\n",
  );
});

test("xinetd", () => {
  expect(output("apt-get install -y --no-install-recommends xinetd >log 2>&1; echo $?; sed -i '/disable/s/yes/no/' /etc/xinetd.d/daytime; cat > /etc/xinetd.d/own <<'END'\nservice own\n{\n  type = UNLISTED\n  port = 7000\n  socket_type = stream\n  protocol = tcp\n  wait = no\n  user = nobody\n  server = /usr/bin/id\n  server_args = -un\n  log_on_success = HOST EXIT\n  only_from = 127.0.0.0/8\n  colour = red\n}\nEND\nsystemctl restart xinetd; sleep 1; nc -N 127.0.0.1 13 </dev/null; nc -N 127.0.0.1 7000 </dev/null; sed -i 's,127.0.0.0/8,10.0.0.0,' /etc/xinetd.d/own; systemctl reload xinetd; sleep 1; nc -N 127.0.0.1 7000 </dev/null; journalctl -q -o cat -t xinetd | grep -v removing; xinetd -version")).toBe(
    "0\nSat Nov 21 21:09:32 2026\r\nnobody\nxinetd Version 2.3.15.3 started with libwrap loadavg options compiled in.\nStarted working: 0 available services\nUnknown attribute: colour [file=/etc/xinetd.d/own] [line=13]\nxinetd Version 2.3.15.3 started with libwrap loadavg options compiled in.\nStarted working: 2 available services\nSTART: daytime-stream\nSTART: own from=::ffff:127.0.0.1\nEXIT: own status=0\nStarting reconfiguration\nUnknown attribute: colour [file=/etc/xinetd.d/own] [line=13]\nReconfigured: new=0 old=2 dropped=0 (services)\nFAIL: own address from=::ffff:127.0.0.1\n2.3.15.3 libwrap loadavg\n",
  );
});
