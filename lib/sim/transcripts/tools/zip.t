zip 3.0, unzip 6.00 and zipinfo of Debian 12: archives made, listed, tested, taken apart
host: debian-12

  $ apt-get install -y -qq zip unzip >/dev/null 2>&1; export TZ=UTC; mkdir -p d/e; echo one > d/a.txt; seq 1 2000 > d/e/big; printf '\x00\x01' > d/bin; ln -s a.txt d/link; touch -d '2026-01-02 03:04:06' d/a.txt d/e/big d/bin d/e d; chmod 755 d/bin
  $ zip -r t.zip d; zip t1.zip d/a.txt; stat -c %s t1.zip; zip -j j.zip d/a.txt d/e/big; zip t1.zip d/bin; zip -u t1.zip d/a.txt; zip -d t1.zip d/bin; zip -sf t.zip
    adding: d/ (stored 0%)
    adding: d/link (stored 0%)
    adding: d/e/ (stored 0%)
    adding: d/e/big (deflated 53%)
    adding: d/bin (stored 0%)
    adding: d/a.txt (stored 0%)
    adding: d/a.txt (stored 0%)
  168
    adding: a.txt (stored 0%)
    adding: big (deflated 53%)
    adding: d/bin (stored 0%)
  deleting: d/bin
  Archive contains:
    d/
    d/link
    d/e/
    d/e/big
    d/bin
    d/a.txt
  Total 6 entries (8903 bytes)
  $ unzip -l t.zip; unzip -v t.zip; unzip -t t.zip; zipinfo t.zip; zipinfo -1 t.zip; unzip -Z1 t.zip 'd/e*'; zipinfo -t t.zip
  Archive:  t.zip
    Length      Date    Time    Name
  ---------  ---------- -----   ----
          0  2026-01-02 03:04   d/
          4  2026-01-02 03:04   d/link
          0  2026-01-02 03:04   d/e/
       8893  2026-01-02 03:04   d/e/big
          2  2026-01-02 03:04   d/bin
          4  2026-01-02 03:04   d/a.txt
  ---------                     -------
       8903                     6 files
  Archive:  t.zip
   Length   Method    Size  Cmpr    Date    Time   CRC-32   Name
  --------  ------  ------- ---- ---------- ----- --------  ----
         0  Stored        0   0% 2026-01-02 03:04 00000000  d/
         4  Stored        4   0% 2026-01-02 03:04 f817a89f  d/link
         0  Stored        0   0% 2026-01-02 03:04 00000000  d/e/
      8893  Defl:N     4200  53% 2026-01-02 03:04 5af99da9  d/e/big
         2  Stored        2   0% 2026-01-02 03:04 36de2269  d/bin
         4  Stored        4   0% 2026-01-02 03:04 f817a89f  d/a.txt
  --------          -------  ---                            -------
      8903             4210  53%                            6 files
  Archive:  t.zip
      testing: d/                       OK
      testing: d/link                   OK
      testing: d/e/                     OK
      testing: d/e/big                  OK
      testing: d/bin                    OK
      testing: d/a.txt                  OK
  No errors detected in compressed data of t.zip.
  Archive:  t.zip
  Zip file size: 5062 bytes, number of entries: 6
  drwxr-xr-x  3.0 unx        0 bx stor 26-Jan-02 03:04 d/
  -rw-r--r--  3.0 unx        4 tx stor 26-Jan-02 03:04 d/link
  drwxr-xr-x  3.0 unx        0 bx stor 26-Jan-02 03:04 d/e/
  -rw-r--r--  3.0 unx     8893 tx defN 26-Jan-02 03:04 d/e/big
  -rwxr-xr-x  3.0 unx        2 bx stor 26-Jan-02 03:04 d/bin
  -rw-r--r--  3.0 unx        4 tx stor 26-Jan-02 03:04 d/a.txt
  6 files, 8903 bytes uncompressed, 4210 bytes compressed:  52.7%
  d/
  d/link
  d/e/
  d/e/big
  d/bin
  d/a.txt
  d/e/
  d/e/big
  6 files, 8903 bytes uncompressed, 4210 bytes compressed:  52.7%
  $ mkdir x; unzip t.zip -d x; unzip -o t.zip -d x; unzip -n t.zip -d x; unzip -q -o t.zip -d x; stat -c '%a %Y %n' x/d/bin x/d/e; unzip -p t.zip d/a.txt; unzip -c t.zip d/a.txt; unzip -l t.zip 'd/e/*'
  Archive:  t.zip
     creating: x/d/
   extracting: x/d/link                
     creating: x/d/e/
    inflating: x/d/e/big               
   extracting: x/d/bin                 
   extracting: x/d/a.txt               
  Archive:  t.zip
   extracting: x/d/link                
    inflating: x/d/e/big               
   extracting: x/d/bin                 
   extracting: x/d/a.txt               
  Archive:  t.zip
  755 1767323046 x/d/bin
  755 1767323046 x/d/e
  one
  Archive:  t.zip
   extracting: d/a.txt                 
  one
  
  Archive:  t.zip
    Length      Date    Time    Name
  ---------  ---------- -----   ----
          0  2026-01-02 03:04   d/e/
       8893  2026-01-02 03:04   d/e/big
  ---------                     -------
       8893                     2 files
  $ unzip t.zip nosuch; unzip nosuch.zip; unzip d/a.txt; zipinfo nosuch; zip -r nn.zip nosuch; zip nosuch.zip
  Archive:  t.zip
  caution: filename not matched:  nosuch
  unzip:  cannot find or open nosuch.zip, nosuch.zip.zip or nosuch.zip.ZIP.
  Archive:  d/a.txt
    End-of-central-directory signature not found.  Either this file is not
    a zipfile, or it constitutes one disk of a multi-part archive.  In the
    latter case the central directory and zipfile comment will be found on
    the last disk(s) of this archive.
  unzip:  cannot find zipfile directory in one of d/a.txt or
          d/a.txt.zip, and cannot find d/a.txt.ZIP, period.
  zipinfo:  cannot find or open nosuch, nosuch.zip or nosuch.ZIP.
  	zip warning: name not matched: nosuch
  
  zip error: Nothing to do! (try: zip -r nn.zip . -i nosuch)
  
  zip error: Nothing to do! (nosuch.zip)
  [12]
  $ unzip -j -o t.zip -d y -x '*.txt'; ls y; zip -ry sy.zip d; zipinfo sy.zip d/link | cut -c1-40; unzip sy.zip -d sy; ls -l sy/d/link | cut -c1-10
  Archive:  t.zip
   extracting: y/link                  
    inflating: y/big                   
   extracting: y/bin                   
  big  bin  link
    adding: d/ (stored 0%)
    adding: d/link (stored 0%)
    adding: d/e/ (stored 0%)
    adding: d/e/big (deflated 53%)
    adding: d/bin (stored 0%)
    adding: d/a.txt (stored 0%)
  lrwxrwxrwx  3.0 unx        5 bx stor 26-
  Archive:  sy.zip
     creating: sy/d/
      linking: sy/d/link               -> a.txt 
     creating: sy/d/e/
    inflating: sy/d/e/big              
   extracting: sy/d/bin                
   extracting: sy/d/a.txt              
  finishing deferred symbolic links:
    sy/d/link              -> a.txt
  lrwxrwxrwx
  $ zip -e -P pw enc.zip d/a.txt; zipinfo enc.zip | sed -n 3p; unzip -P pw -p enc.zip; unzip -P bad -o enc.zip
    adding: d/a.txt (stored 0%)
  -rw-r--r--  3.0 unx        4 Tx stor 26-Jan-02 03:04 d/a.txt
  one
  Archive:  enc.zip
     skipping: d/a.txt                 incorrect password
  [82]
  $ zip -9 -r q.zip d -x 'd/e/*'; zip -r -q x.zip d -i '*.txt'; zipinfo -1 x.zip; zip -T t.zip; echo hi | zip p.zip -; unzip -p p.zip; zip -0 s.zip d/e/big; zipinfo s.zip | sed -n 3p; touch d/a.txt; zip -f t.zip; zip -FS -r t.zip d; zip -m mv.zip d/link; ls d
    adding: d/ (stored 0%)
    adding: d/link (stored 0%)
    adding: d/bin (stored 0%)
    adding: d/a.txt (stored 0%)
  d/a.txt
  test of t.zip OK
    adding: - (stored 0%)
  hi
    adding: d/e/big (stored 0%)
  -rw-r--r--  3.0 unx     8893 bx stor 26-Jan-02 03:04 d/e/big
  freshening: d/link (stored 0%)
  freshening: d/a.txt (stored 0%)
    adding: d/link (stored 0%)
  a.txt  bin  e
  $ cp t.zip c.zip; printf X | dd of=c.zip bs=1 seek=400 conv=notrunc 2>/dev/null; unzip -tq c.zip; unzip -tq t.zip; printf 'n\nA\n' | unzip t.zip -d x; zip --version | head -2; zip -Q; unzip -Q t.zip
    error:  invalid compressed data to inflate d/e/big
  At least one error was detected in c.zip.
  No errors detected in compressed data of t.zip.
  Archive:  t.zip
  replace x/d/link? [y]es, [n]o, [A]ll, [N]one, [r]ename: replace x/d/e/big? [y]es, [n]o, [A]ll, [N]one, [r]ename:   inflating: x/d/e/big               
   extracting: x/d/bin                 
   extracting: x/d/a.txt               
  Copyright (c) 1990-2008 Info-ZIP - Type 'zip "-L"' for software license.
  This is Zip 3.0 (July 5th 2008), by Info-ZIP.
  
  zip error: Invalid command arguments (short option 'Q' not supported)
  error:  -Q: unknown option
  [10]
