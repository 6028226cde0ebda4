import type { DebianPackage } from "../kit/package.ts";

const sshdConfig = `# Settings of the SSH server (sshd_config(5)). What is commented out shows the default.

Include /etc/ssh/sshd_config.d/*.conf

#Port 22
#AddressFamily any
#ListenAddress 0.0.0.0
#ListenAddress ::

#HostKey /etc/ssh/ssh_host_rsa_key
#HostKey /etc/ssh/ssh_host_ecdsa_key
#HostKey /etc/ssh/ssh_host_ed25519_key

#SyslogFacility AUTH
#LogLevel INFO

#LoginGraceTime 2m
#PermitRootLogin prohibit-password
#StrictModes yes
#MaxAuthTries 6
#MaxSessions 10

#PubkeyAuthentication yes
#AuthorizedKeysFile	.ssh/authorized_keys .ssh/authorized_keys2

#PasswordAuthentication yes
#PermitEmptyPasswords no
KbdInteractiveAuthentication no

UsePAM yes

#AllowTcpForwarding yes
X11Forwarding yes
#X11DisplayOffset 10
PrintMotd no
#TCPKeepAlive yes
#UseDNS no
#PidFile /run/sshd.pid
#MaxStartups 10:30:100
#Banner none

AcceptEnv LANG LC_*

Subsystem	sftp	/usr/lib/openssh/sftp-server
`;

const moduli = `# Groups for Diffie-Hellman (moduli(5)): time, type, tests, tries, size, generator, modulus. The simulation exchanges no keys and needs none.
`;

/** What the maintainer script does where a kind of host key is missing. */
const makeHostKeys = `for type in RSA ECDSA ED25519; do
file=/etc/ssh/ssh_host_$(echo $type | tr A-Z a-z)_key
[ -f $file ] && continue
echo "Creating SSH2 $type key; this may take some time ..."
ssh-keygen -q -f $file -N '' -t $(echo $type | tr A-Z a-z)
ssh-keygen -l -f $file.pub
done`;

const sshService = `[Unit]
Description=OpenBSD Secure Shell server
Documentation=man:sshd(8) man:sshd_config(5)
After=network.target auditd.service
ConditionPathExists=!/etc/ssh/sshd_not_to_be_run

[Service]
EnvironmentFile=-/etc/default/ssh
ExecStartPre=/usr/sbin/sshd -t
ExecStart=/usr/sbin/sshd -D $SSHD_OPTS
ExecReload=/usr/sbin/sshd -t
ExecReload=/bin/kill -HUP $MAINPID
KillMode=process
Restart=on-failure
RestartPreventExitStatus=255
Type=notify
RuntimeDirectory=sshd
RuntimeDirectoryMode=0755

[Install]
WantedBy=multi-user.target
Alias=sshd.service
`;

const opensshServer: DebianPackage = {
  name: "openssh-server",
  summary: "the SSH server",
  files: [
    { path: "/etc/ssh/sshd_config.d", directory: true },
    { path: "/etc/ssh/moduli", text: moduli, conffile: true },
    { path: "/etc/ssh/sshd_config", text: sshdConfig },
    { path: "/etc/default/ssh", text: "# Read by ssh.service: options for sshd.\nSSHD_OPTS=\n", conffile: true },
    { path: "/etc/pam.d/sshd", text: "# PAM for the SSH server\n@include common-auth\naccount    required     pam_nologin.so\n@include common-account\nsession    required     pam_loginuid.so\n@include common-session\nsession    required     pam_limits.so\nsession    required     pam_env.so\nsession    required     pam_env.so envfile=/etc/default/locale\n@include common-password\n", conffile: true },
    { path: "/lib/systemd/system/ssh.service", text: sshService },
    { path: "/lib/systemd/system/ssh.socket", text: "[Unit]\nDescription=OpenBSD Secure Shell server socket\nBefore=ssh.service\nConflicts=ssh.service\nConditionPathExists=!/etc/ssh/sshd_not_to_be_run\n\n[Socket]\nListenStream=22\nAccept=yes\n\n[Install]\nWantedBy=sockets.target\n" },
    { path: "/lib/systemd/system/ssh@.service", text: "[Unit]\nDescription=OpenBSD Secure Shell server per-connection daemon\nDocumentation=man:sshd(8) man:sshd_config(5)\nAfter=auditd.service\n\n[Service]\nEnvironmentFile=-/etc/default/ssh\nExecStart=-/usr/sbin/sshd -i $SSHD_OPTS\nStandardInput=socket\nRuntimeDirectory=sshd\nRuntimeDirectoryMode=0755\n" },
    { path: "/lib/systemd/system/rescue-ssh.target", text: "[Unit]\nDescription=Rescue with network and ssh\nRequires=network-online.target ssh.service\nAfter=network-online.target ssh.service\nAllowIsolate=yes\n" },
  ],
  postInstall: [{ run: makeHostKeys }, { enable: "ssh.service" }],
};

export default opensshServer;
