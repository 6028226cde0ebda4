import type { DebianPackage } from "../kit/package.ts";

const entry = "finger\t\tstream\ttcp\tnowait\tnobody\t/usr/sbin/tcpd\t/usr/sbin/in.fingerd";

const fingerd: DebianPackage = {
  name: "fingerd",
  summary: "answers finger from other hosts; inetd starts it",
  postInstall: [{
    run: `if [ -n "$2" ]; then
	grep -q ^finger /etc/inetd.conf || update-inetd --pattern '/usr/sbin/in\\.fingerd' --enable finger
elif grep -q ^finger /etc/inetd.conf 2>/dev/null; then update-inetd --group INFO --add "#${entry}"
else update-inetd --group INFO --add "${entry}"
fi`,
  }],
  preRemove: [{ run: "update-inetd --pattern '/usr/sbin/in\\.fingerd' --disable finger" }],
};

export default fingerd;
