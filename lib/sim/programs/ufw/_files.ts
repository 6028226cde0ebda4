// The files of ufw as they are installed: what it sets up before and after the rules of the user, the defaults, the profiles of usual services.
import type { PackageFile } from "../kit/package.ts";
import { rulesText } from "./_firewall.ts";

const beforeRules = `# Rules that come before those of the ufw command.
*filter
:ufw-before-input - [0:0]
:ufw-before-output - [0:0]
:ufw-before-forward - [0:0]
:ufw-not-local - [0:0]

# the loopback device
-A ufw-before-input -i lo -j ACCEPT
-A ufw-before-output -o lo -j ACCEPT

# what belongs to a connection that is known
-A ufw-before-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A ufw-before-output -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A ufw-before-forward -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT

# what belongs to none
-A ufw-before-input -m conntrack --ctstate INVALID -j ufw-logging-deny
-A ufw-before-input -m conntrack --ctstate INVALID -j DROP

# ICMP that is needed
${["input", "forward"].map((way) => ["destination-unreachable", "time-exceeded", "parameter-problem", "echo-request"].map((type) => `-A ufw-before-${way} -p icmp --icmp-type ${type} -j ACCEPT\n`).join("")).join("\n")}
# answers of DHCP
-A ufw-before-input -p udp --sport 67 --dport 68 -j ACCEPT

# what is not for this machine
-A ufw-before-input -j ufw-not-local
-A ufw-not-local -m addrtype --dst-type LOCAL -j RETURN
-A ufw-not-local -m addrtype --dst-type MULTICAST -j RETURN
-A ufw-not-local -m addrtype --dst-type BROADCAST -j RETURN
-A ufw-not-local -m limit --limit 3/min --limit-burst 10 -j ufw-logging-deny
-A ufw-not-local -j DROP

# mDNS and UPnP
-A ufw-before-input -p udp -d 224.0.0.251 --dport 5353 -j ACCEPT
-A ufw-before-input -p udp -d 239.255.255.250 --dport 1900 -j ACCEPT

# this line has to stay
COMMIT
`;

const before6Rules = `# Rules that come before those of the ufw command, for IPv6.
*filter
:ufw6-before-input - [0:0]
:ufw6-before-output - [0:0]
:ufw6-before-forward - [0:0]

-A ufw6-before-input -i lo -j ACCEPT
-A ufw6-before-output -o lo -j ACCEPT
-A ufw6-before-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A ufw6-before-output -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A ufw6-before-forward -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A ufw6-before-input -p icmpv6 --icmpv6-type echo-reply -j ACCEPT
-A ufw6-before-input -m conntrack --ctstate INVALID -j ufw6-logging-deny
-A ufw6-before-input -m conntrack --ctstate INVALID -j DROP

# ICMPv6 that is needed
${["destination-unreachable", "packet-too-big", "time-exceeded", "parameter-problem", "echo-request", "router-solicitation", "router-advertisement", "neighbor-solicitation", "neighbor-advertisement"].map((type) => `-A ufw6-before-input -p icmpv6 --icmpv6-type ${type} -j ACCEPT\n`).join("")}${["destination-unreachable", "packet-too-big", "time-exceeded", "parameter-problem", "echo-request"].map((type) => `-A ufw6-before-forward -p icmpv6 --icmpv6-type ${type} -j ACCEPT\n`).join("")}
# mDNS and UPnP
-A ufw6-before-input -p udp -d ff02::fb --dport 5353 -j ACCEPT
-A ufw6-before-input -p udp -d ff02::f --dport 1900 -j ACCEPT
COMMIT
`;

const afterRules = (prefix: string): string => `# Rules that come after those of the ufw command.
*filter
:${prefix}-after-input - [0:0]
:${prefix}-after-output - [0:0]
:${prefix}-after-forward - [0:0]

# noise of networks that is not worth a line in the log
${[["udp", 137], ["udp", 138], ["tcp", 139], ["tcp", 445], ["udp", prefix === "ufw" ? 67 : 546], ["udp", prefix === "ufw" ? 68 : 547]].map(([protocol, port]) => `-A ${prefix}-after-input -p ${protocol} --dport ${port} -j ${prefix}-skip-to-policy-input\n`).join("")}${prefix === "ufw" ? "-A ufw-after-input -m addrtype --dst-type BROADCAST -j ufw-skip-to-policy-input\n" : ""}COMMIT
`;

const profiles: readonly (readonly [file: string, list: readonly (readonly [name: string, title: string, ports: string])[]])[] = [
  ["ufw-bittorent", [["Transmission", "Transmission", "51413"], ["Deluge", "Deluge", "6881:6891/tcp"], ["KTorrent", "KTorrent", "6881/tcp|4444/udp"], ["qBittorrent", "qBittorrent", "6881/tcp"]]],
  ["ufw-chat", [["PeopleNearby", "People Nearby", "5353/udp|5298"], ["Bonjour", "Bonjour", "5353/udp|5298"], ["MSN", "MSN Chat", "1863|6891:6900/tcp|6901"], ["MSN SSL", "MSN Chat (SSL)", "443/tcp"], ["AIM", "AIM Talk", "5190/tcp"], ["Yahoo", "Yahoo Chat", "5050"], ["XMPP", "XMPP Chat", "5222/tcp|5269/tcp"]]],
  ["ufw-directoryserver", [["LDAP", "LDAP server", "389/tcp"], ["LDAPS", "LDAP server (LDAPS)", "636/tcp"], ["Kerberos KDC", "Kerberos v5 KDC", "88"], ["Kerberos Admin", "Kerberos v5 Admin", "749/tcp"], ["Kerberos Password", "Kerberos v5 Password", "464/udp"], ["Kerberos Full", "Kerberos v5 Full", "88|749/tcp|464/udp"]]],
  ["ufw-dnsserver", [["DNS", "Internet Domain Name Server", "53"]]],
  ["ufw-fileserver", [["CIFS", "SMB/CIFS server", "137,138/udp|139,445/tcp"], ["NFS", "Network File System (NFS)", "2049"], ["svnserve", "Subversion server", "3690/tcp"]]],
  ["ufw-loginserver", [["SSH", "SSH server", "22/tcp"], ["Telnet", "Telnet server (insecure)", "23/tcp"], ["VNC", "VNC server", "5900/tcp"]]],
  ["ufw-mailserver", [["SMTP", "Mail server (SMTP)", "25/tcp"], ["Mail submission", "Mail server (Mail submission)", "587/tcp"], ["POP3", "Mail server (POP3)", "110/tcp"], ["POP3S", "Secure mail server (POP3S)", "995/tcp"], ["IMAP", "Mail server (IMAP)", "143/tcp"], ["IMAPS", "Secure mail server (IMAPS)", "993/tcp"]]],
  ["ufw-printserver", [["IPP", "Cups server (IPP)", "631"], ["LPD", "LPD server", "515/tcp"]]],
  ["ufw-proxyserver", [["WWW Cache", "Web caching proxy", "3128/tcp"], ["Transparent Proxy", "Transparent Proxy (Tor)", "9040/tcp"], ["Socks", "Socks Proxy", "1080/tcp"]]],
  ["ufw-webserver", [["WWW", "Web Server", "80/tcp"], ["WWW Secure", "Web Server (HTTPS)", "443/tcp"], ["WWW Full", "Web Server (HTTP,HTTPS)", "80,443/tcp"]]],
];

const defaults = `# /etc/default/ufw
# What the firewall does where no rule is for a packet: ACCEPT, DROP or REJECT. Better changed by "ufw default".

# IPv6 too
IPV6=yes

DEFAULT_INPUT_POLICY="DROP"
DEFAULT_OUTPUT_POLICY="ACCEPT"
DEFAULT_FORWARD_POLICY="DROP"

# of new profiles of applications: ACCEPT, DROP, REJECT, SKIP
DEFAULT_APPLICATION_POLICY="SKIP"

# "yes": the chains of others are emptied as well
MANAGE_BUILTINS=no

IPT_SYSCTL=/etc/ufw/sysctl.conf
IPT_MODULES=""
`;

const unit = `[Unit]
Description=Uncomplicated firewall
Documentation=man:ufw(8)
DefaultDependencies=no
Before=network-pre.target
Wants=network-pre.target local-fs.target
After=local-fs.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/lib/ufw/ufw-init start quiet
ExecStop=/lib/ufw/ufw-init stop

[Install]
WantedBy=multi-user.target
`;

const rules: readonly (readonly [string, string])[] = [["before.rules", beforeRules], ["before6.rules", before6Rules], ["after.rules", afterRules("ufw")], ["after6.rules", afterRules("ufw6")], ["user.rules", rulesText([], "low", false)], ["user6.rules", rulesText([], "low", true)]];

export const files: readonly PackageFile[] = [
  { path: "/etc/ufw", directory: true },
  { path: "/etc/ufw/applications.d", directory: true },
  ...rules.map(([name, text]): PackageFile => ({ path: `/usr/share/ufw/iptables/${name}`, text })),
  ...profiles.map(([name, list]): PackageFile => ({ path: `/etc/ufw/applications.d/${name}`, conffile: true, text: list.map(([profile, title, ports]) => `[${profile}]\ntitle=${title}\ndescription=${title}\nports=${ports}\n`).join("\n") })),
  { path: "/etc/ufw/sysctl.conf", conffile: true, text: "# Settings of the kernel that the firewall makes when it starts.\nnet/ipv4/conf/all/accept_redirects=0\nnet/ipv4/conf/default/accept_redirects=0\nnet/ipv4/icmp_echo_ignore_broadcasts=1\nnet/ipv4/icmp_ignore_bogus_error_responses=1\n" },
  { path: "/usr/share/ufw/ufw.conf", text: "# /etc/ufw/ufw.conf\n#\n\n# yes: the firewall is started at boot (\"ufw enable\"). Over ssh: allow that first.\nENABLED=no\n\n# \"ufw logging\" writes it.\nLOGLEVEL=low\n" },
  { path: "/usr/share/ufw/default", text: defaults },
  { path: "/lib/systemd/system/ufw.service", text: unit },
];
