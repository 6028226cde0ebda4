journalctl -b with an offset behind it.
host: debian-12

  $ journalctl -b -1
  Data from the specified boot (-1) is not available: No such boot ID in journal
  [1]
  $ journalctl -b 0 -n 1 -o cat
  Startup finished in 2.986s (kernel) + 5.124s (userspace) = 8.110s.
  $ journalctl -xb -n 1 -o cat
  Startup finished in 2.986s (kernel) + 5.124s (userspace) = 8.110s.
  $ journalctl -b all -n 1 -o cat
  Startup finished in 2.986s (kernel) + 5.124s (userspace) = 8.110s.
  $ journalctl --boot 0 -u ssh -n 1 -o cat
  Started ssh.service - OpenBSD Secure Shell server.
