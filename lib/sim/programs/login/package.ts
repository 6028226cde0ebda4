// login.defs and the settings around logging in. Values as in shadow 4.13 of Debian 12.
import type { DebianPackage } from "../kit/package.ts";

const loginDefs = `# Settings of login, useradd, usermod, groupadd... (login.defs(5))

MAIL_DIR        /var/mail

# Failures, unknown names and successes in the logs
FAILLOG_ENAB		yes
LOG_UNKFAIL_ENAB	no
LOG_OK_LOGINS		no

# su and newgrp report to syslog
SYSLOG_SU_ENAB		yes
SYSLOG_SG_ENAB		yes

FTMP_FILE	/var/log/btmp
SU_NAME		su
HUSHLOGIN_FILE	.hushlogin

# PATH of root and of everybody else
ENV_SUPATH	PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV_PATH	PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games

# Terminals
TTYGROUP	tty
TTYPERM		0600
ERASECHAR	0177
KILLCHAR	025

UMASK		022

# Ageing of passwords, in days
PASS_MAX_DAYS	99999
PASS_MIN_DAYS	0
PASS_WARN_AGE	7

# Ids that useradd gives
UID_MIN			 1000
UID_MAX			60000
#SYS_UID_MIN		  101
#SYS_UID_MAX		  999
SUB_UID_MIN		   100000
SUB_UID_MAX		600100000
SUB_UID_COUNT		    65536

# Ids that groupadd gives
GID_MIN			 1000
GID_MAX			60000
#SYS_GID_MIN		  101
#SYS_GID_MAX		  999
SUB_GID_MIN		   100000
SUB_GID_MAX		600100000
SUB_GID_COUNT		    65536

LOGIN_RETRIES		5
LOGIN_TIMEOUT		60

# What chfn may change
CHFN_RESTRICT		rwh

DEFAULT_HOME	yes
#USERDEL_CMD	/usr/sbin/userdel_local
USERGROUPS_ENAB yes

# Without PAM only; with PAM see /etc/pam.d/common-password
ENCRYPT_METHOD SHA512

NONEXISTENT	/nonexistent
PREVENT_NO_AUTH superuser
`;

const login: DebianPackage = {
  name: "login",
  summary: "programs that begin a session on the system",
  files: [
    { path: "/etc/login.defs", text: loginDefs, conffile: true },
    { path: "/etc/pam.d/login", text: "# PAM for login(1)\n\n# A wrong password costs time (microseconds)\nauth       optional   pam_faildelay.so  delay=3000000\n\n# /etc/nologin keeps everybody but root out\nauth       requisite  pam_nologin.so\n\nsession [success=ok ignore=ignore module_unknown=ignore default=bad] pam_selinux.so close\nsession    required     pam_loginuid.so\nsession    optional   pam_motd.so motd=/run/motd.dynamic\nsession    optional   pam_motd.so noupdate\nsession [success=ok ignore=ignore module_unknown=ignore default=bad] pam_selinux.so open\n\n# /etc/environment, and the language of the system\nsession       required   pam_env.so readenv=1\nsession       required   pam_env.so readenv=1 envfile=/etc/default/locale\n\n@include common-auth\n\nauth       optional   pam_group.so\n\n# Hours of /etc/security/time.conf:\n# account    requisite  pam_time.so\n\n# Places of /etc/security/access.conf:\n# account  required       pam_access.so\n\nsession    required   pam_limits.so\nsession    optional   pam_lastlog.so\nsession    optional   pam_mail.so standard\nsession    optional   pam_keyinit.so force revoke\n\n@include common-account\n@include common-session\n@include common-password\n", conffile: true },
  ],
};

export default login;
