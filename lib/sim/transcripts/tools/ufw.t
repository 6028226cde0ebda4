ufw: rules, status, what iptables has of it. Judged by ufw 0.36.2.
host: debian-12

  $ ufw status; apt-get install -y -qq ufw > /dev/null 2>&1; ufw status; systemctl is-enabled ufw; systemctl is-active ufw
  bash: ufw: command not found
  Status: inactive
  enabled
  active
  $ ufw allow ssh; ufw limit 2222/tcp; ufw deny from 10.9.0.0/16 to any port 80 proto tcp comment 'not you'; ufw allow 'WWW Full'; ufw enable
  Rules updated
  Rules updated (v6)
  Rules updated
  Rules updated (v6)
  Rules updated
  Rules updated
  Rules updated (v6)
  Firewall is active and enabled on system startup
  $ ufw status numbered; iptables -S INPUT; iptables -S ufw-user-input; ip6tables -S ufw6-user-input | tail -1; iptables -S | grep -c .; iptables -nL ufw-user-limit
  Status: active
  
       To                         Action      From
       --                         ------      ----
  [ 1] 22/tcp                     ALLOW IN    Anywhere                  
  [ 2] 2222/tcp                   LIMIT IN    Anywhere                  
  [ 3] 80/tcp                     DENY IN     10.9.0.0/16                # not you
  [ 4] WWW Full                   ALLOW IN    Anywhere                  
  [ 5] 22/tcp (v6)                ALLOW IN    Anywhere (v6)             
  [ 6] 2222/tcp (v6)              LIMIT IN    Anywhere (v6)             
  [ 7] WWW Full (v6)              ALLOW IN    Anywhere (v6)             
  
  -P INPUT DROP
  -A INPUT -j ufw-before-logging-input
  -A INPUT -j ufw-before-input
  -A INPUT -j ufw-after-input
  -A INPUT -j ufw-after-logging-input
  -A INPUT -j ufw-reject-input
  -A INPUT -j ufw-track-input
  -N ufw-user-input
  -A ufw-user-input -p tcp -m tcp --dport 22 -j ACCEPT
  -A ufw-user-input -p tcp -m tcp --dport 2222 -m conntrack --ctstate NEW -m recent --set --name DEFAULT --mask 255.255.255.255 --rsource
  -A ufw-user-input -p tcp -m tcp --dport 2222 -m conntrack --ctstate NEW -m recent --update --seconds 30 --hitcount 6 --name DEFAULT --mask 255.255.255.255 --rsource -j ufw-user-limit
  -A ufw-user-input -p tcp -m tcp --dport 2222 -j ufw-user-limit-accept
  -A ufw-user-input -s 10.9.0.0/16 -p tcp -m tcp --dport 80 -j DROP
  -A ufw-user-input -p tcp -m multiport --dports 80,443 -m comment --comment "\'dapp_WWW%20Full\'" -j ACCEPT
  -A ufw6-user-input -p tcp -m multiport --dports 80,443 -m comment --comment "\'dapp_WWW%20Full\'" -j ACCEPT
  106
  Chain ufw-user-limit (1 references)
  target     prot opt source               destination         
  LOG        0    --  0.0.0.0/0            0.0.0.0/0            limit: avg 3/min burst 5 LOG flags 0 level 4 prefix "[UFW LIMIT BLOCK] "
  REJECT     0    --  0.0.0.0/0            0.0.0.0/0            reject-with icmp-port-unreachable
  $ ufw status verbose; ufw delete deny from 10.9.0.0/16 to any port 80 proto tcp; echo y | ufw delete 2; ufw insert 1 deny 23; ufw show added
  Status: active
  Logging: on (low)
  Default: deny (incoming), allow (outgoing), disabled (routed)
  New profiles: skip
  
  To                         Action      From
  --                         ------      ----
  22/tcp                     ALLOW IN    Anywhere                  
  2222/tcp                   LIMIT IN    Anywhere                  
  80/tcp                     DENY IN     10.9.0.0/16                # not you
  80,443/tcp (WWW Full)      ALLOW IN    Anywhere                  
  22/tcp (v6)                ALLOW IN    Anywhere (v6)             
  2222/tcp (v6)              LIMIT IN    Anywhere (v6)             
  80,443/tcp (WWW Full (v6)) ALLOW IN    Anywhere (v6)             
  
  Rule deleted
  Deleting:
   limit 2222/tcp
  Proceed with operation (y|n)? Rule deleted
  Rule inserted
  Rule inserted (v6)
  Added user rules (see 'ufw status' for running firewall):
  ufw deny 23
  ufw allow 22/tcp
  ufw allow 'WWW Full'
  ufw limit 2222/tcp
  $ ufw allow 22/xyz; ufw allow nosuch; ufw allow 1:2; ufw delete 99; ufw insert 99 allow 1; ufw default reject incoming; ufw logging medium; grep -E '^(ENABLED|LOGLEVEL)' /etc/ufw/ufw.conf
  ERROR: Bad port
  ERROR: Could not find a profile matching 'nosuch'
  ERROR: Must specify 'tcp' or 'udp' with multiple ports
  ERROR: Could not find rule '99'
  ERROR: Invalid position '99'
  Default incoming policy changed to 'reject'
  (be sure to update your rules accordingly)
  Logging enabled
  ENABLED=yes
  LOGLEVEL=medium
  $ sed -n '/RULES/,/END RULES/p' /etc/ufw/user.rules; ufw app info 'WWW Full'
  ### RULES ###
  
  ### tuple ### deny any 23 0.0.0.0/0 any 0.0.0.0/0 in
  -A ufw-user-input -p tcp --dport 23 -j DROP
  -A ufw-user-input -p udp --dport 23 -j DROP
  
  ### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in
  -A ufw-user-input -p tcp --dport 22 -j ACCEPT
  
  ### tuple ### allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 WWW%20Full - in
  -A ufw-user-input -p tcp -m multiport --dports 80,443 -j ACCEPT -m comment --comment 'dapp_WWW%20Full'
  
  ### END RULES ###
  Profile: WWW Full
  Title: Web Server (HTTP,HTTPS)
  Description: Web Server (HTTP,HTTPS)
  
  Ports:
    80,443/tcp
  $ ufw disable; iptables -S; ufw reload; su student -c '/usr/sbin/ufw status'; ufw version | head -1; ufw frob 2>&1 | head -3
  Firewall stopped and disabled on system startup
  -P INPUT ACCEPT
  -P FORWARD ACCEPT
  -P OUTPUT ACCEPT
  Firewall not enabled (skipping reload)
  ERROR: You need to be root to run this script
  ufw 0.36.2
  ERROR: Invalid syntax
  
  Usage: ufw COMMAND
