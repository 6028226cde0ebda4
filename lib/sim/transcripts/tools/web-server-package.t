The packages of nginx: who owns what, what removal and purge leave (files and maintainer scripts of nginx 1.22.1-9+deb12u9), and what its service is charged.
host: debian-12

  $ apt-get install -y -qq nginx >/dev/null 2>&1; systemctl is-active nginx; dpkg -S /etc/nginx/nginx.conf /usr/sbin/nginx
  active
  nginx-common: /etc/nginx/nginx.conf
  nginx: /usr/sbin/nginx
  $ [ $(cat /sys/fs/cgroup/system.slice/nginx.service/memory.current) -gt 1000000 ] && echo charged; ls -l /var/log/nginx | cut -c1-25
  charged
  total 0
  -rw-r----- 1 www-data adm
  -rw-r----- 1 www-data adm
  $ apt-get remove -y nginx | tail -2; dpkg-query -W -f '${Package} ${db:Status-Abbrev}\n' 'nginx*'; systemctl is-active nginx
  Removing nginx (1.22.1-9+deb12u11) ...
  Processing triggers for man-db (2.11.2-2) ...
  nginx-common ii 
  inactive
  [3]
  $ apt-get install -y -qq apache2 >/dev/null 2>&1; apt-get install -y nginx | grep -A1 'up nginx '
  Setting up nginx (1.22.1-9+deb12u11) ...
  Not attempting to start NGINX, port 80 is already in use.
  $ apt-get purge -y -qq nginx nginx-common >/dev/null 2>&1; ls -d /etc/nginx /var/log/nginx; dpkg-query -W 'nginx*'
  ls: cannot access '/etc/nginx': No such file or directory
  ls: cannot access '/var/log/nginx': No such file or directory
  dpkg-query: no packages found matching nginx*
  [1]
