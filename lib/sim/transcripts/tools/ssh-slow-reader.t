ssh: a slow reader loses nothing, and data both ways at once do not stand still
host: debian-12

  $ head -c 400000 /dev/urandom > big; ssh-keygen -q -t ed25519 -N "" -f ~/.ssh/id_ed25519; cat ~/.ssh/id_ed25519.pub >> ~/.ssh/authorized_keys; ssh -o StrictHostKeyChecking=accept-new localhost true
  Warning: Permanently added 'localhost' (ED25519) to the list of known hosts.
  $ for n in 200000 330000 400000; do head -c $n big > b; ssh localhost cat $PWD/b | (sleep 2; wc -c); done
  200000
  330000
  400000
  $ seq 1 60000 | ssh localhost cat | md5sum; seq 1 60000 | md5sum; scp -q localhost:$PWD/big c; cmp big c && echo same
  32e8d2bbb8984bd14d9ad0ccf2a33ea5  -
  32e8d2bbb8984bd14d9ad0ccf2a33ea5  -
  same
