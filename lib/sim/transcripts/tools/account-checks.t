The checks of shadow's tools, and what somebody without rights is told: recorded from shadow 4.13 of Debian 12.
host: debian-12
user: student

  $ unset LC_ALL; export LANG=C.UTF-8 PATH=$PATH:/usr/sbin
  $ useradd -e foo zed; echo $?
  useradd: invalid date 'foo'
  3
  $ useradd -Z x zed; echo $?
  useradd: -Z requires SELinux enabled kernel
  3
  $ useradd -u -1 z; echo $?
  useradd: invalid user ID '-1'
  3
  $ useradd -g x z; echo $?
  useradd: group 'x' does not exist
  6
  $ useradd -d rel z; echo $?
  useradd: invalid home directory 'rel'
  3
  $ useradd -s rel z; echo $?
  useradd: invalid shell 'rel'
  3
  $ useradd -c a:b z; echo $?
  useradd: invalid comment 'a:b'
  3
  $ useradd -p a:b z; echo $?
  useradd: invalid field 'a:b'
  3
  $ useradd -K foo z; echo $?
  useradd: -K requires KEY=VALUE
  3
  $ useradd -o z 2>&1 | head -1
  useradd: -o flag is only allowed with the -u flag
  $ useradd -k /x z 2>&1 | head -1
  useradd: -k flag is only allowed with the -m flag
  $ useradd -U -g users z 2>&1 | head -1
  useradd: options -U and -g conflict
  $ useradd -U -N z 2>&1 | head -1
  useradd: options -U and -N conflict
  $ useradd -m -M z 2>&1 | head -1
  useradd: options -m and -M conflict
  $ useradd -D -s rel; echo $?
  useradd: invalid shell 'rel'
  3
  $ useradd -D -g nope; echo $?
  useradd: group 'nope' does not exist
  6
  $ useradd -G a,b z; echo $?
  useradd: Permission denied.
  useradd: cannot lock /etc/group; try again later.
  10
  $ useradd -u 99999999999 z; echo $?
  useradd: invalid user ID '99999999999'
  3
  $ useradd z; echo $?
  useradd: Permission denied.
  useradd: cannot lock /etc/passwd; try again later.
  1
  $ usermod -e foo root; echo $?
  usermod: invalid date 'foo'
  3
  $ usermod -l 'a b' root; echo $?
  usermod: invalid user name 'a b': use --badname to ignore
  3
  $ usermod -l bin root; echo $?
  usermod: user 'bin' already exists
  9
  $ usermod -u x root; echo $?
  usermod: invalid user ID 'x'
  3
  $ usermod -u 1 root; echo $?
  usermod: UID '1' already exists
  4
  $ usermod -d rel root; echo $?
  usermod: homedir must be an absolute path
  3
  $ usermod -s rel root; echo $?
  usermod: invalid shell 'rel'
  3
  $ usermod -g nope root; echo $?
  usermod: group 'nope' does not exist
  6
  $ usermod -G nope,users,nope2 root; echo $?
  usermod: group 'nope' does not exist
  usermod: group 'nope2' does not exist
  6
  $ usermod -o root 2>&1 | head -1
  usermod: -o flag is only allowed with the -u flag
  $ usermod -r root 2>&1 | head -1
  usermod: -r flag is only allowed with the -G flag
  $ usermod -aG x; echo $?
  usermod: group 'x' does not exist
  6
  $ usermod -v 5-3 root; echo $?
  usermod: invalid subordinate uid range '5-3'
  3
  $ usermod -Z x root; echo $?
  usermod: -Z requires SELinux enabled kernel
  3
  $ usermod nope; echo $?
  usermod: user 'nope' does not exist
  6
  $ usermod -c x root; echo $?
  usermod: Permission denied.
  usermod: cannot lock /etc/passwd; try again later.
  1
  $ userdel nope; echo $?
  userdel: user 'nope' does not exist
  6
  $ userdel -Z root; echo $?
  userdel: -Z requires SELinux enabled kernel
  3
  $ userdel root; echo $?
  userdel: Permission denied.
  userdel: cannot lock /etc/passwd; try again later.
  1
  $ groupadd root; echo $?
  groupadd: group 'root' already exists
  9
  $ groupadd -K x y; echo $?
  groupadd: -K requires KEY=VALUE
  3
  $ groupadd -g 99999999999 y; echo $?
  groupadd: invalid group ID '99999999999'
  3
  $ groupadd -g 0 y; echo $?
  groupadd: GID '0' already exists
  4
  $ groupadd y; echo $?
  groupadd: Permission denied.
  groupadd: cannot lock /etc/group; try again later.
  10
  $ groupmod -n 'a b' root; echo $?
  groupmod: invalid group name 'a b'
  3
  $ groupmod -g x root; echo $?
  groupmod: invalid group ID 'x'
  3
  $ groupmod nope; echo $?
  groupmod: group 'nope' does not exist
  6
  $ groupmod -n bin root; echo $?
  groupmod: group 'bin' already exists
  9
  $ groupdel nope; echo $?
  groupdel: group 'nope' does not exist
  6
  $ groupdel root; echo $?
  groupdel: cannot remove the primary group of user 'root'
  8
  $ gpasswd -a nope root; echo $?
  gpasswd: user 'nope' does not exist
  3
  $ gpasswd -M nope root; echo $?
  gpasswd: user 'nope' does not exist
  3
  $ gpasswd -a bin root; echo $?
  gpasswd: Permission denied.
  1
  $ chage -l nope; echo $?
  chage: user 'nope' does not exist in /etc/passwd
  1
  $ chage -l root; echo $?
  chage: Permission denied.
  1
  $ chage -M x root 2>&1 | head -1
  chage: invalid numeric argument 'x'
  $ chage -E foo root 2>&1 | head -1
  chage: invalid date 'foo'
  $ chage -W -5 root 2>&1 | head -1
  chage: invalid numeric argument '-5'
  $ chage -l -M 3 root 2>&1 | head -1
  chage: do not include "l" with other flags
  $ chage -M 3 root; echo $?
  chage: Permission denied.
  1
  $ usermod root 2>&1 | head -1
  usermod: no options
  $ passwd -S root; echo $?
  passwd: You may not view or modify password information for root.
  1
  $ passwd -l root; echo $?
  passwd: Permission denied.
  1
  $ passwd -r nis; echo $?
  passwd: repository nis not supported
  6
  $ chpasswd -s 5 2>&1 | head -1
  chpasswd: -s flag is only allowed with the -c flag
  $ chpasswd -e -m 2>&1 | head -1
  chpasswd: the -c, -e, and -m flags are exclusive
  $ pwck; echo $?
  pwck: Permission denied.
  pwck: cannot lock /etc/passwd; try again later.
  4
  $ grpck; echo $?
  grpck: Permission denied.
  grpck: cannot lock /etc/group; try again later.
  4
