hostnamectl and loginctl: words of the binaries of systemd 252 (their strings), put together as hostnamed and logind do; not recorded on a booted machine.
host: debian-12
user: root

  $ hostnamectl set-hostname Web1; hostname; cat /etc/hostname; ls /etc/machine-info
  Web1
  Web1
  ls: cannot access '/etc/machine-info': No such file or directory
  [2]
  $ hostnamectl hostname "Lennart's Box"; hostname; cat /etc/machine-info; hostnamectl --pretty; hostnamectl --static; hostnamectl hostname debian; cat /etc/machine-info
  LennartsBox
  PRETTY_HOSTNAME="Lennart's Box"
  Lennart's Box
  LennartsBox
  cat: /etc/machine-info: No such file or directory
  [1]
  $ hostnamectl set-chassis server; hostnamectl chassis bogus; hostnamectl deployment prod; hostnamectl set-deployment 'a b'; hostnamectl set-icon-name a/b; hostnamectl location 'Salle 3'; cat /etc/machine-info; hostnamectl | head -5; hostnamectl icon-name
  Could not set chassis: Invalid chassis 'bogus'
  Could not set deployment: Invalid deployment 'a b'
  Could not set icon: Invalid icon name 'a/b'
  CHASSIS=server
  DEPLOYMENT=prod
  LOCATION="Salle 3"
   Static hostname: debian
         Icon name: computer-server
           Chassis: server 🖳
        Deployment: prod
          Location: Salle 3
  computer-server
  $ hostnamectl --json=short | cut -d, -f1-9; hostnamectl --json=pretty | head -3; hostnamectl --json=x; hostnamectl --static --pretty
  {"Hostname":"debian","StaticHostname":"debian","PrettyHostname":null,"DefaultHostname":"localhost","HostnameSource":"static","IconName":"computer-server","Chassis":"server","Deployment":"prod","Location":"Salle 3"
  {
  	"Hostname" : "debian",
  	"StaticHostname" : "debian",
  Unknown argument to --json= switch: x
  Cannot query more than one name type at a time
  [1]
  $ hostnamectl --transient hostname foo; hostname; hostnamectl hostname a b; hostnamectl set-location; hostnamectl foo; hostnamectl --static hostname 'a b'
  Hint: static hostname is already set, so the specified transient hostname will not be used.
  debian
  Too many arguments.
  Too few arguments.
  Unknown command verb foo.
  Could not set static hostname: Invalid static hostname 'a b'
  [1]
  $ su student -c 'hostnamectl hostname x' 2>&1 | tail -1
  Could not set pretty hostname: Access denied
  $ for p in chassis location deployment; do hostnamectl $p ''; done; ls /etc/machine-info
  ls: cannot access '/etc/machine-info': No such file or directory
  [2]
  $ loginctl; loginctl list-users; loginctl enable-linger nosuch; loginctl enable-linger student; loginctl list-users; loginctl show-user -p Linger,State student; loginctl user-status student
  No sessions.
  No users.
  Failed to look up user nosuch: No such process
   UID USER
  1000 student
  
  1 users listed.
  State=lingering
  Linger=yes
  student (1000)
  	   State: lingering
  	  Linger: yes
  	    Unit: user-1000.slice
  $ ls /var/lib/systemd/linger; loginctl disable-linger student; loginctl list-users; loginctl show-user student
  student
  No users.
  Failed to get user: User ID 1000 is not logged in or lingering
  [1]
  $ loginctl kill-session 9; loginctl kill-session; loginctl session-status; loginctl session-status 9; loginctl terminate-session 9; loginctl show-session -p KillUserProcesses --value
  Could not kill session: No session '9' known
  Too few arguments.
  Could not get properties: Unknown object '/org/freedesktop/login1/session/auto'.
  Failed to get session path: No session '9' known
  Failed to issue method call: No session '9' known
  no
  $ loginctl -o foo; loginctl -n x; loginctl -s FOO; loginctl seat-status seat0; loginctl show-seat seat9; loginctl terminate-user root; loginctl foo
  Unknown output 'foo'.
  Failed to parse lines 'x'
  Failed to parse signal string "FOO".
  seat0
  	 Devices:
  		  n/a
  Failed to get seat: No seat 'seat9' known
  Could not terminate user: User ID 0 is not logged in or lingering
  Unknown command verb foo.
  [1]
