sftp: commands from a batch and from standard input, errors.
host: debian-12

  $ ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519; cat ~/.ssh/id_ed25519.pub >> ~/.ssh/authorized_keys; ssh -o StrictHostKeyChecking=accept-new localhost true; mkdir -p /tmp/r/sub /tmp/l; echo one > /tmp/r/a; echo two > /tmp/l/b; cd /tmp/l
  Warning: Permanently added 'localhost' (ED25519) to the list of known hosts.
  $ printf 'pwd\ncd /tmp/r\nls\nput b\nget a\nmkdir new\nrename b c\nchmod 600 c\nrm nope\nls -1\n' | sftp localhost
  Connected to localhost.
  sftp> pwd
  Remote working directory: /root
  sftp> cd /tmp/r
  sftp> ls
  a    sub  
  sftp> put b
  Uploading b to /tmp/r/b
  sftp> get a
  Fetching /tmp/r/a to a
  sftp> mkdir new
  sftp> rename b c
  sftp> chmod 600 c
  Changing mode on /tmp/r/c
  sftp> rm nope
  Removing /tmp/r/nope
  remote delete /tmp/r/nope: No such file or directory
  sftp> ls -1
  a
  c
  new
  sub
  sftp> 
  $ ls /tmp/l; ls -l /tmp/r/c | cut -c1-10
  a  b
  -rw-------
  $ printf 'cd /tmp/r\nput -r /tmp/l dir\nget -r dir back\n' > /tmp/b; sftp -q -b /tmp/b localhost; ls back /tmp/r/dir
  sftp> cd /tmp/r
  sftp> put -r /tmp/l dir
  sftp> get -r dir back
  /tmp/r/dir:
  a  b
  
  back:
  a  b
  $ printf 'cd /nope\nls\n' | sftp -b - localhost
  sftp> cd /nope
  stat remote: No such file or directory
  [1]
  $ sftp localhost:/tmp/r/a; cat a
  Connected to localhost.
  Fetching /tmp/r/a to a
  one
  $ sftp -b /dev/null nohost
  ssh: Could not resolve hostname nohost: Name or service not known
  Connection closed
  [255]
  $ sftp
  usage: sftp [-46AaCfNpqrv] [-B buffer_size] [-b batchfile] [-c cipher]
            [-D sftp_server_command] [-F ssh_config] [-i identity_file]
            [-J destination] [-l limit] [-o ssh_option] [-P port]
            [-R num_requests] [-S program] [-s subsystem | sftp_server]
            [-X sftp_option] destination
  [1]
  $ printf 'foo\nhelp\n' | sftp localhost 2>&1 | head -4
  Connected to localhost.
  sftp> foo
  Invalid command.
  sftp> help
