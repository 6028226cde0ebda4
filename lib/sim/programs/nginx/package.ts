import type { DebianPackage } from "../kit/package.ts";

const start = `if [ "$1" = triggered ]; then exit 0; fi
if systemctl -q is-active nginx.service; then systemctl restart nginx.service
elif [ -z "$(ss -nlt 'sport = 80' | grep -v ^State)" ]; then systemctl start nginx.service
else echo "Not attempting to start NGINX, port 80 is already in use."
fi`;

export default {
  name: "nginx",
  summary: "web server and proxy that needs little memory",
  postInstall: [{ run: start }],
  preRemove: [{ run: 'if [ "$1" = remove ]; then systemctl stop nginx.service; fi' }],
} satisfies DebianPackage;
