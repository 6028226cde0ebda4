rsyslogd: its configuration and what it says of mistakes (recorded from rsyslogd 8.2302.0 -N1), templates, files, the network; logger (recorded from util-linux 2.38.1).
host: debian-12

  $ apt-get install -y rsyslog >/dev/null 2>&1; rsyslogd -N1
  rsyslogd: version 8.2302.0, config validation run (level 1), master config /etc/rsyslog.conf
  rsyslogd: End of config validation run. Bye.
  $ head -n 1 /var/log/kern.log | cut -d' ' -f2-8
  debian kernel: [    0.000000]
  $ printf 'template(name="Mine" type="string" string="%%syslogseverity-text%% %%syslogtag%%%%msg%%\\n")\nif $programname == "app" then {\n  action(type="omfile" file="/var/log/app.log" template="Mine")\n  stop\n} else {\n  local5.* /var/log/local5.log\n}\n:msg, contains, "secret" stop\n' > /etc/rsyslog.d/10-app.conf; systemctl restart rsyslog
  $ logger -t app -p user.warning one; logger -p local5.info five; logger my secret; cat /var/log/app.log; cut -d' ' -f2- /var/log/local5.log; grep -c 'app:\|secret' /var/log/syslog
  warning app: one
  debian root: five
  0
  [1]
  $ mv /var/log/local5.log /var/log/local5.old; logger -p local5.info six; ls /var/log/local5*; systemctl kill -s HUP rsyslog; logger -p local5.info seven; cut -d' ' -f2- /var/log/local5.old /var/log/local5.log
  /var/log/local5.old
  debian root: five
  debian root: six
  debian root: seven
  $ printf 'module(load="imudp")\ninput(type="imudp" port="514")\nmodule(load="imtcp")\ninput(type="imtcp" port="514")\n$template R,"/var/log/remote/%%HOSTNAME%%/%%programname%%.log"\nif $inputname startswith "im" and $fromhost-ip != "" then ?R;RSYSLOG_TraditionalFileFormat\n' > /etc/rsyslog.d/20-net.conf; systemctl restart rsyslog
  $ logger -n 127.0.0.1 -d -t remote udp; logger -n 127.0.0.1 -T -P 514 -t remote tcp; logger -n 127.0.0.1 --rfc3164 -t remote old; cut -d' ' -f4- /var/log/remote/debian/remote.log
  debian remote udp
  debian remote tcp
  debian remote: old
  $ printf 'foo.info /x\n' > /tmp/c; rsyslogd -N1 -f /tmp/c
  rsyslogd: version 8.2302.0, config validation run (level 1), master config /tmp/c
  rsyslogd: unknown facility name "foo" [v8.2302.0]
  [1]
  $ printf '*.info\n' > /tmp/c; rsyslogd -N1 -f /tmp/c
  rsyslogd: version 8.2302.0, config validation run (level 1), master config /tmp/c
  rsyslogd: error during parsing file /tmp/c, on or before line 2: syntax error on token '' [v8.2302.0 try https://www.rsyslog.com/e/2207 ]
  rsyslogd: could not interpret master config file '/tmp/c'. [v8.2302.0 try https://www.rsyslog.com/e/2207 ]
  [1]
  $ printf 'if $programname == x then /tmp/y\n' > /tmp/c; rsyslogd -N1 -f /tmp/c
  rsyslogd: version 8.2302.0, config validation run (level 1), master config /tmp/c
  rsyslogd: error during parsing file /tmp/c, on or before line 1: syntax error on token 'then' [v8.2302.0 try https://www.rsyslog.com/e/2207 ]
  rsyslogd: could not interpret master config file '/tmp/c'. [v8.2302.0 try https://www.rsyslog.com/e/2207 ]
  [1]
  $ printf 'input(type="imudp" port="5514")\n*.* /tmp/x;Nosuch\n' > /tmp/c; rsyslogd -N1 -f /tmp/c
  rsyslogd: version 8.2302.0, config validation run (level 1), master config /tmp/c
  rsyslogd: input module name 'imudp' is unknown [v8.2302.0 try https://www.rsyslog.com/e/2209 ]
  rsyslogd: error during parsing file /tmp/c, on or before line 1: parameter 'port' not known -- typo in config file? [v8.2302.0 try https://www.rsyslog.com/e/2207 ]
  rsyslogd:  Could not find template 0 'Nosuch' - action disabled [v8.2302.0 try https://www.rsyslog.com/e/3003 ]
  rsyslogd: error during parsing file /tmp/c, on or before line 2: errors occurred in file '/tmp/c' around line 2 [v8.2302.0 try https://www.rsyslog.com/e/2207 ]
  rsyslogd: there are no active actions configured. Inputs would run, but no output whatsoever were created. [v8.2302.0 try https://www.rsyslog.com/e/2103 ]
  rsyslogd: run failed with error -2103 (see rsyslog.h or try https://www.rsyslog.com/e/2103 to learn what that number means)
  [1]
  $ printf ':msg, foo, "x" /tmp/z\n$Foo bar\n' > /tmp/c; rsyslogd -N1 -f /tmp/c
  rsyslogd: version 8.2302.0, config validation run (level 1), master config /tmp/c
  rsyslogd: error during parsing file /tmp/c, on or before line 2: error: invalid compare operation 'foo' [v8.2302.0 try https://www.rsyslog.com/e/2207 ]
  rsyslogd: invalid or yet-unknown config file command 'Foo' - have you forgotten to load a module? [v8.2302.0 try https://www.rsyslog.com/e/3003 ]
  [1]
  $ logger -s -t tag --id=77 hi 2>&1 | sed 's/>.* tag/> tag/'
  <13> tag[77]: hi
  $ logger -s --no-act -n 127.0.0.1 --rfc5424=notime,nohost -t tag --msgid M --sd-id ex@1 --sd-param 'a="b"' hi
  <13>1 - - tag - M [ex@1 a="b"] hi
  $ logger -n nosuch.invalid x
  logger: failed to resolve name nosuch.invalid port syslog: Name or service not known
  [1]
  $ logger -T -n 127.0.0.1 -P 1 x
  logger: failed to connect to 127.0.0.1 port 1
  [1]
  $ logger --id=foo x
  logger: failed to parse id: 'foo'
  [1]
  $ logger -S x y
  logger: failed to parse message size: 'x': Invalid argument
  [1]
  $ logger --sd-param a=b x
  logger: invalid structured data parameter: 'a=b'
  [1]
