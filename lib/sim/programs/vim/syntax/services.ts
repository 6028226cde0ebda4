// Settings of servers and tools with a language of their own, and what tools write for people: ssh, sudo, nginx, diff, git, man, Debian's control files.

import { type Grammar, grammar, type Item, keywords, match, region } from "./grammar.ts";

const TODO = keywords("todo", "Todo", "TODO FIXME XXX NOTE", { contained: true });
const CIPHERS = "3des-cbc aes128-cbc aes192-cbc aes256-cbc aes128-ctr aes192-ctr aes256-ctr aes128-gcm@openssh.com aes256-gcm@openssh.com chacha20-poly1305@openssh.com hmac-sha1 hmac-sha1-96 hmac-sha2-256 hmac-sha2-512 hmac-md5 hmac-md5-96 umac-64@openssh.com umac-128@openssh.com hmac-sha2-256-etm@openssh.com hmac-sha2-512-etm@openssh.com diffie-hellman-group1-sha1 diffie-hellman-group14-sha1 diffie-hellman-group-exchange-sha1 diffie-hellman-group-exchange-sha256 ecdh-sha2-nistp256 ecdh-sha2-nistp384 ecdh-sha2-nistp521 curve25519-sha256@libssh.org ssh-rsa ssh-dss ssh-ed25519 ecdsa-sha2-nistp256 ecdsa-sha2-nistp384 ecdsa-sha2-nistp521 rsa-sha2-256 rsa-sha2-512";
const LEVELS = "QUIET FATAL ERROR INFO VERBOSE DEBUG DEBUG1 DEBUG2 DEBUG3 DAEMON USER AUTH AUTHPRIV LOCAL0 LOCAL1 LOCAL2 LOCAL3 LOCAL4 LOCAL5 LOCAL6 LOCAL7";
const SERVICE_CLASSES = "af11 af12 af13 af21 af22 af23 af31 af32 af33 af41 af42 af43 cs0 cs1 cs2 cs3 cs4 cs5 cs6 cs7 ef lowdelay throughput reliability";
const BOTH = "AddressFamily CASignatureAlgorithms Ciphers Compression FingerprintHash GatewayPorts GSSAPIAuthentication HostbasedAcceptedAlgorithms HostbasedAuthentication HostKeyAlgorithms Include IPQoS KbdInteractiveAuthentication KexAlgorithms LogLevel LogVerbose MACs Match PasswordAuthentication Port PubkeyAcceptedAlgorithms PubkeyAuthentication RekeyLimit RequiredRSASize SecurityKeyProvider SetEnv StreamLocalBindMask StreamLocalBindUnlink SyslogFacility TCPKeepAlive XAuthLocation";
const SERVER = `${BOTH} AcceptEnv AllowAgentForwarding AllowGroups AllowStreamLocalForwarding AllowTcpForwarding AllowUsers AuthenticationMethods AuthorizedKeysCommand AuthorizedKeysCommandUser AuthorizedKeysFile AuthorizedPrincipalsCommand AuthorizedPrincipalsFile Banner ChallengeResponseAuthentication ChrootDirectory ClientAliveCountMax ClientAliveInterval DebianBanner DenyGroups DenyUsers DisableForwarding ExposeAuthInfo ForceCommand GSSAPICleanupCredentials GSSAPIKeyExchange GSSAPIStrictAcceptorCheck HostCertificate HostKey HostKeyAgent IgnoreRhosts IgnoreUserKnownHosts KerberosAuthentication KerberosOrLocalPasswd KeyRegenerationInterval ListenAddress LoginGraceTime MaxAuthTries MaxSessions MaxStartups ModuliFile PermitEmptyPasswords PermitListen PermitOpen PermitRootLogin PermitTTY PermitTunnel PermitUserEnvironment PermitUserRC PerSourceMaxStartups PidFile PrintLastLog PrintMotd Protocol PubkeyAcceptedKeyTypes RevokedKeys ServerKeyBits StrictModes Subsystem TrustedUserCAKeys UseDNS UseLogin UsePAM VersionAddendum X11DisplayOffset X11Forwarding X11UseLocalhost`;
const CLIENT = `${BOTH} AddKeysToAgent BatchMode BindAddress BindInterface CanonicalDomains CanonicalizeFallbackLocal CanonicalizeHostname CanonicalizeMaxDots CanonicalizePermittedCNAMEs CertificateFile CheckHostIP ClearAllForwardings ConnectionAttempts ConnectTimeout ControlMaster ControlPath ControlPersist DynamicForward EnableSSHKeysign EscapeChar ExitOnForwardFailure ForkAfterAuthentication ForwardAgent ForwardX11 ForwardX11Timeout ForwardX11Trusted GlobalKnownHostsFile GSSAPIDelegateCredentials HashKnownHosts HostKeyAlias HostName Hostname IdentitiesOnly IdentityAgent IdentityFile IgnoreUnknown KbdInteractiveDevices KnownHostsCommand LocalCommand LocalForward NoHostAuthenticationForLocalhost NumberOfPasswordPrompts PermitLocalCommand PermitRemoteOpen PKCS11Provider PreferredAuthentications ProxyCommand ProxyJump ProxyUseFdpass RemoteCommand RemoteForward RequestTTY RevokedHostKeys SendEnv ServerAliveCountMax ServerAliveInterval SessionType StdinNull StrictHostKeyChecking Tunnel TunnelDevice UpdateHostKeys User UserKnownHostsFile VerifyHostKeyDNS VisualHostKey`;

function ssh(words: string, values: string, matchWords: string, own: readonly Item[]): Grammar {
  return grammar([
    TODO,
    match("comment", "Comment", /^\s*#.*$/, { contains: ["todo"] }),
    match("comment", "Comment", /\s#.*$/, { contains: ["todo"] }),
    match("constant", "Constant", /'[^']*'|"[^"]*"/, {}),
    match("number", "Number", /\b\d+(?:[smhdwSMHDW]\d*)*\b/, {}),
    match("host", "Constant", /\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/, {}),
    match("mark", "Special", /[*?!](?!\.)|[*?!]$/, {}),
    match("mark", "Special", /(?<=\s)[*?](?=\.)/, {}),
    keywords("value", "Function", `${values} ${CIPHERS} ${LEVELS} ${SERVICE_CLASSES}`, {}),
    keywords("word", "Keyword", words, {}),
    keywords("matchWord", "Type", matchWords, {}),
    ...own,
  ], { word: /[A-Za-z0-9_@.-]/, ignoreCase: true });
}

export const SSH_SERVER = ssh(SERVER, "yes no any none inet inet6 local remote delayed sandbox prohibit-password without-password forced-commands-only point-to-point ethernet internal-sftp curve25519-sha256", "user group host address localport", []);
export const SSH_CLIENT = ssh(CLIENT, "yes no any none inet inet6 auto ask autoask confirm point-to-point ethernet publickey password keyboard-interactive hostbased gssapi-with-mic", "exec originalhost localuser canonical final all", [
  match("hostLine", "Type", /^\s*Host(?=\s)/i, { next: ["hosts"] }),
  match("hosts", "Constant", /\s.*$/, { contained: true }),
  match("hostWord", "Constant", /(?<=^\s*HostName\s+)\S+/i, {}),
]);

export const SUDOERS = grammar([
  match("comment", "Comment", /#.*$/, {}),
  match("include", "Statement", /^[@#]include(?:dir)?\s.*$/, {}),
  match("aliasWord", "Keyword", /^(?:Host|User|Cmnd|Runas)_Alias\b/, { next: ["hostAlias"], skipWhite: true }),
  match("hostAlias", "Identifier", /[A-Z][A-Z0-9_]*/, { contained: true, next: ["aliasEquals"], skipWhite: true }),
  match("aliasEquals", "Operator", /=/, { contained: true, next: ["aliasName", "aliasPart"], skipWhite: true }),
  match("aliasPart", "String", /[^\s,%!]+/, { contained: true, next: ["aliasComma"], skipWhite: true }),
  match("aliasPart", "", /(?:\d+\.){3}\d+\S*|[a-z]+\d+/, { contained: true, next: ["plainComma"], skipWhite: true }),
  match("plainComma", "", /,/, { contained: true, next: ["aliasName", "aliasPart"], skipWhite: true }),
  match("aliasName", "PreProc", /%\S+|[A-Z][A-Z0-9_]*/, { contained: true, next: ["aliasComma"], skipWhite: true }),
  match("aliasName", "Operator", /!/, { contained: true, next: ["aliasName", "aliasPart"] }),
  match("aliasComma", "Delimiter", /,/, { contained: true, next: ["aliasName", "aliasPart"], skipWhite: true }),
  match("defaults", "Keyword", /^Defaults/, { next: ["defaultsFor", "parameter"], skipWhite: true }),
  match("defaultsFor", "Delimiter", /[:@>!]/, { contained: true, next: ["defaultsWhom"] }),
  match("defaultsWhom", "String", /\S+/, { contained: true, next: ["parameter"], skipWhite: true }),
  match("parameter", "Identifier", /!?[a-z_0-9]+/, { contained: true, next: ["parameterSet", "parameterComma"], skipWhite: true }),
  match("parameterSet", "Operator", /[-+]?=/, { contained: true, next: ["parameterNumber", "parameterText"], skipWhite: true }),
  match("parameterNumber", "Number", /\d+/, { contained: true, next: ["parameterComma"], skipWhite: true }),
  match("parameterText", "String", /"[^"]*"|[^\s,"]+/, { contained: true, next: ["parameterComma"], skipWhite: true }),
  match("parameterText", "Number", /\d+(?=[\s,]|$)/, { contained: true, next: ["parameterComma"], skipWhite: true }),
  match("parameterComma", "Delimiter", /,/, { contained: true, next: ["parameter"], skipWhite: true }),
  match("user", "String", /^[a-z_][\w.-]*(?=\s+\S+\s*=)/, { next: ["userHost"], skipWhite: true }),
  match("user", "PreProc", /^(?:%\S+|[A-Z][A-Z0-9_]*)(?=\s+\S+\s*=)/, { next: ["userHost"], skipWhite: true }),
  match("userHost", "PreProc", /[A-Z][A-Z0-9_]*/, { contained: true, next: ["userEquals"], skipWhite: true }),
  match("userHost", "", /[a-z][\w.-]*/, { contained: true, next: ["userEquals"], skipWhite: true }),
  match("userEquals", "Operator", /=/, { contained: true, next: ["runAs", "tag", "command"], skipWhite: true }),
  match("runAs", "Delimiter", /\(/, { contained: true, next: ["runAsUser"] }),
  match("runAsUser", "PreProc", /ALL/, { contained: true, next: ["runAsColon", "runAsEnd"] }),
  match("runAsUser", "String", /[a-z_][\w-]*/, { contained: true, next: ["runAsColon", "runAsEnd"] }),
  match("runAsColon", "", /:ALL\)/, { contained: true, contains: ["runAsAll"], next: ["tag"], skipWhite: true }),
  match("runAsAll", "", /:ALL\)/, { contained: true }),
  match("runAsEnd", "Delimiter", /\)/, { contained: true, next: ["tag", "command"], skipWhite: true }),
  match("command", "PreProc", /ALL|[A-Z][A-Z0-9_]*/, { contained: true, next: ["commandComma"], skipWhite: true }),
  match("command", "String", /\/[^\s,]*/, { contained: true, next: ["commandComma"], skipWhite: true }),
  match("command", "Operator", /!/, { contained: true, next: ["command"] }),
  match("tag", "Special", /(?:NO)?(?:PASSWD|EXEC|SETENV|LOG_INPUT|LOG_OUTPUT|MAIL|FOLLOW|INTERCEPT):/, { contained: true, next: ["tag", "command"], skipWhite: true }),
  match("commandComma", "", /,/, { contained: true, next: ["tag", "command"], skipWhite: true }),
]);

const NGINX_BLOCKS = "http|events|server|location|upstream|if|stream|types|map|geo|mail|limit_except|split_clients";

export const NGINX = grammar([
  keywords("boolean", "Boolean", "on off", {}),
  match("name", "Identifier", /(?<=^\s*|[{;]\s*)[a-z][a-z0-9_]*(?=\s)/, {}),
  match("major", "Type", /(?<=^\s*|[{;]\s*)(?:include|listen|server_name|root|try_files|proxy_pass|fastcgi_pass|uwsgi_pass|error_page|internal|index(?=x))(?=\s)/, {}),
  match("control", "Keyword", /(?<=^\s*|[{;]\s*)(?:return|rewrite|set|break)(?=\s)/, {}),
  match("block", "Statement", new RegExp(`(?<=^\\s*|[{;]\\s*)(?:${NGINX_BLOCKS})(?=\\s*[^;]*\\{|\\s*$)`), {}),
  match("serverIn", "Identifier", /(?<=upstream\b[^{]*\{[^}]*)\bserver(?=\s)/, {}),
  match("integer", "Number", /(?<=\W|^)-?\d+(?=\W|$)(?!\.\d)/, {}),
  match("variable", "Identifier", /\$\w+/, {}),
  match("inString", "PreProc", /\$\w+/, { contained: true }),
  match("listenWord", "PreProc", /(?<=listen\s[^;]*\s)(?:default_server|ssl|http2|deferred|reuseport|proxy_protocol)\b/, {}),
  match("ipv6", "Delimiter", /\[[0-9a-fA-F:]+\]/, {}),
  match("ipv4", "Delimiter", /\b\d+\.\d+\.\d+\.\d+\b/, {}),
  region("string", "String", /"/, /"/, { skip: /\\"/, contains: ["inString"] }),
  region("string", "String", /'/, /'/, { skip: /\\'/, contains: ["inString"] }),
  match("comment", "Comment", /#.*$/, {}),
]);

const DIFF_ITEMS: readonly Item[] = [
  match("only", "Constant", /^Only in .*$/, {}),
  match("same", "Constant", /^(?:Files|Binary files|Common subdirectories).* (?:and|identical).*$/, {}),
  match("noEnd", "Constant", /^\\ No newline at end of file$(?=$^)/, {}),
  match("removed", "Special", /^[-<].*$/, {}),
  match("added", "Identifier", /^[+>].*$/, {}),
  match("changed", "PreProc", /^! .*$/, {}),
  match("line", "Statement", /^\d+(?:,\d+)?[cda]\d+.*$|^---$/, {}),
  match("hunk", "Statement", /^@@.*?@@|^\*\*\*\*.*$/, { next: ["function"] }),
  match("function", "PreProc", /.+$/, { contained: true }),
  match("file", "Type", /^diff .*$|^(?:\+\+\+|---|\*\*\*) .*(?<!\*\*\*\*)$|^==== .*$/, {}),
  match("index", "PreProc", /^index [0-9a-f]+\.\.[0-9a-f]+.*$/, {}),
  match("comment", "Comment", /^#.*$/, {}),
];

export const DIFF = grammar(DIFF_ITEMS);

export const GIT_COMMIT = grammar([
  match("summary", "Keyword", /^(?!#).{1,50}/, { next: ["body"], overLines: true }),
  region("body", "", /(?=.)|$/, /(?!)/, { contained: true, contains: ["comment"] }),
  match("comment", "Comment", /^#.*$/, { contains: ["branch", "header", "kind", "untracked"] }),
  match("branch", "Special", /(?<=^# (?:On branch|Auf Branch|Sur la branche) )\S+|(?<=^# Your branch .*')[^']+(?=')/, { contained: true }),
  match("header", "PreProc", /(?<=^#) (?:Changes|Untracked|Unmerged|Changed|Modifications|Fichiers)[^:]*:$/, { contained: true }),
  match("kind", "Type", /(?<=^#)\t[\w ]+(?=:)/, { contained: true, next: ["kindColon"] }),
  match("kindColon", "Comment", /:/, { contained: true, next: ["file"], skipWhite: true }),
  match("file", "Constant", /\S.*$/, { contained: true }),
  match("untracked", "Constant", /(?<=^#\t)[^\s:][^:]*$/, { contained: true }),
]);

export const MAN = grammar([
  match("reference", "PreProc", /\b[\w:.+-]+\([0-9nlpx][0-9a-z]*\)/, {}),
  match("option", "Constant", /^\s+[-+](?:[\w?-]+)|(?<=^\s+[-+][\w-]+, )--[\w-]+(?=$^)/, {}),
  match("longOption", "Constant", /^\s+--?[\w-]\S*/, {}),
  match("subheading", "Function", /^ {3}\S.*$/, {}),
  match("address", "PreProc", /\bhttps?:\/\/\S+/, {}),
  match("section", "Statement", /^\S[^(]*$/, {}),
  match("title", "Title", /^\S+\(\w+\).*$/, {}),
]);

export const DEBIAN_CONTROL = grammar([
  match("field", "Keyword", /^[A-Za-z][\w-]*:/, {}),
  match("variable", "Identifier", /\$\{[^}]*\}/, {}),
  match("email", "Identifier", /<[^>]+@[^>]+>/, {}),
  match("address", "Identifier", /https?:\/\/\S+/, {}),
  match("comment", "Comment", /^#.*$/, {}),
]);
