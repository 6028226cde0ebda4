wget 1.21.3 beside nginx 1.22.1, as recorded from Debian 12: what it says of files and mistakes, and the pages that -r follows (times and rates made equal).
host: debian-12
cwd: /tmp

  $ apt-get install -y -qq nginx wget >/dev/null 2>&1; systemctl stop nginx; mkdir -p /tmp/w/www/{list/sub,private,site/{css,img,docs/deep},site2,dl} /tmp/w/run; cd /tmp/w; set +H
  $ printf '%s\n' 'worker_processes 1;' 'daemon on;' 'pid /tmp/w/run/nginx.pid;' 'error_log /tmp/w/run/error.log;' 'events { worker_connections 64; }' 'http {' 'default_type text/plain;' 'types { text/html html; text/css css; application/javascript js; application/pdf pdf; image/jpeg jpg; application/octet-stream iso bin; image/png png; application/gzip gz; }' 'access_log /tmp/w/run/access.log;' 'server {' 'listen 127.0.0.1:8133;' 'root /tmp/w/www;' 'location /moved { return 301 /a.txt; }' 'location /found { return 302 http://127.0.0.1:8133/moved; }' 'location /loop { return 302 /loop; }' 'location /e403 { return 403; }' 'location /e500 { return 500; }' 'location /e503 { return 503; }' 'location /e404 { return 404 "nothing here\n"; }' 'location /cookie { add_header Set-Cookie "sid=abc123; Path=/"; add_header Set-Cookie "lang=fr; Path=/; Max-Age=3600"; return 200 "cookies=$http_cookie\n"; }' 'location /echo { return 200 "$request_method $request_uri agent=$http_user_agent ref=$http_referer type=$content_type len=$content_length accept=$http_accept xa=$http_x_a auth=$http_authorization host=$http_host range=$http_range\n"; }' 'location /private { auth_basic "Private area"; auth_basic_user_file /tmp/w/htpasswd; }' 'location /list/ { autoindex on; }' 'location /dl/ { autoindex on; }' 'location /disp { add_header Content-Disposition '\''attachment; filename="named.txt"'\''; return 200 "disp\n"; }' 'location = /noext { return 302 /site/page1.html; }' 'location = /m307 { return 307 /echo; }' 'location = /rel { return 302 list/one.txt; }' 'location = /ext { return 302 ftp://127.0.0.1/x; }' 'location = /e410 { return 410; }' 'location = /e405 { return 405; }' 'location = /e503b { return 503 "busy\n"; }' 'location /nocontent { return 204; }' '}' '}' > nginx.conf
  $ printf '%s\n' 'bob:$apr1$abcdefgh$5VEbMkemELfbhC5ck.U.z1' > htpasswd
  $ printf '%s\n' 'hello' > 'www/a.txt'
  $ printf '%s\n' '<html><body><a href="a.txt">a</a> <a href="list/">l</a> <a href="missing.html">m</a></body></html>' > 'www/index.html'
  $ printf '%s\n' 'read me' > 'www/dl/readme.md'
  $ printf '%s\n' 'one' > 'www/list/one.txt'
  $ printf '%s\n' 'two' > 'www/list/sub/two.txt'
  $ printf '%s\n' 'secret' > 'www/private/s.txt'
  $ printf '%s\n' 'console.log("x");' > 'www/site/app.js'
  $ printf '%s\n' '%PDF-1.4 not really' > 'www/site/file.pdf'
  $ printf '%s\n' '<!DOCTYPE html>' '<html><head><title>Site</title>' '<link rel="stylesheet" href="css/style.css">' '<script src="app.js"></script>' '</head><body>' '<h1>Home</h1>' '<img src="img/logo.png" alt="logo">' '<a href="page1.html">one</a>' '<a href="docs/">docs</a>' '<a href="/a.txt">above</a>' '<a href="missing.html">gone</a>' '<a href="#top">top</a>' '<a href="mailto:ada@example.org">mail</a>' '<a href="page1.html#part">again</a>' '</body></html>' > 'www/site/index.html'
  $ printf '%s\n' '<html><body><a href="index.html">home</a> <a href="docs/guide.html">guide</a> <a href="file.pdf">pdf</a> <img src="img/photo.jpg"></body></html>' > 'www/site/page1.html'
  $ printf '%s\n' 'p { color: black }' > 'www/site/css/print.css'
  $ printf '%s\n' 'body { background: url(../img/bg.png); }' '@import "print.css";' > 'www/site/css/style.css'
  $ printf '%s\n' '<html><body><a href="index.html">docs</a> <img src="../img/logo.png"></body></html>' > 'www/site/docs/guide.html'
  $ printf '%s\n' '<html><body><a href="guide.html">guide</a> <a href="../index.html">up</a> <a href="deep/more.html">more</a></body></html>' > 'www/site/docs/index.html'
  $ printf '%s\n' '<html><body>end</body></html>' > 'www/site/docs/deep/last.html'
  $ printf '%s\n' '<html><body><a href="last.html">last</a></body></html>' > 'www/site/docs/deep/more.html'
  $ printf '%s\n' 'PNG bg' > 'www/site/img/bg.png'
  $ printf '%s\n' 'PNG logo' > 'www/site/img/logo.png'
  $ printf '%s\n' 'JPG photo' > 'www/site/img/photo.jpg'
  $ printf '%s\n' 'space' > 'www/site2/A b.txt'
  $ printf '%s\n' 'bare' > 'www/site2/bare.txt'
  $ printf '%s\n' '<html><body><a href="q?x=1&amp;y=2">q</a> <a href="A%20b.txt">sp</a><a href=bare.txt>bare</a></body></html>' > 'www/site2/index.html'
  $ seq 1 2000 > www/big.txt; printf GIF89a > www/p.png; seq 1 5 | gzip -n > www/n.gz; for i in {1..20000}; do echo 0123456789abcde; done > www/big2.bin
  $ for f in a.iso b.iso c.txt; do for i in {1..300}; do printf $f; done > www/dl/$f; echo >> www/dl/$f; done
  $ find www -exec touch -d '2024-01-02 03:04:05 UTC' {} +; nginx -c /tmp/w/nginx.conf; ls -l www/big2.bin www/dl/a.iso | awk '{print $5}'
  320000
  1501
  $ norm() { sed -e 's/^--[0-9-]* [0-9:]*--/--D--/; s/^FINISHED --[0-9-]* [0-9:]*--/FINISHED --D--/; s/^[0-9]\{4\}-[0-9-]* [0-9:]\{8\} /D /' -e 's/[0-9.]* [KMG]\?B\/s/RATE/; s/ in [0-9.]*m\?s/ in T/; s/Total wall clock time: .*/Total wall clock time: T/' -e 's/\(K .*\) [ 0-9.]*[KMG]\?=[0-9.]*s$/\1 N=T/; s/% *[0-9.]*[KMG] [0-9.]*s$/% N T/; s/ *N=T$/ N=T/' -e 's/pid [0-9]*\./pid N./; s/^  Date: .*/  Date: D/; s/^Date: .*/Date: D/; s/	[0-9]\{10\}	/	T	/; /^# Generated/d' -e 's/Converted links in \(.*\) in .*/Converted links in \1 in T/; s/\r//g'; }; U=http://127.0.0.1:8133; export HOME=/tmp/w/home LC_ALL=C.UTF-8; L() { find . -type f | LC_ALL=C sort; }; fresh() { rm -rf /tmp/w/t /tmp/w/home; mkdir /tmp/w/t /tmp/w/home; cd /tmp/w/t; }
  $ fresh; ( wget $U/big.txt; echo $?; wget $U/big2.bin; echo $? ) 2>&1 | norm
  --D--  http://127.0.0.1:8133/big.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 8893 (8.7K) [text/plain]
  Saving to: ‘big.txt’
  
       0K ........                                              100% N=T
  
  D (RATE) - ‘big.txt’ saved [8893/8893]
  
  0
  --D--  http://127.0.0.1:8133/big2.bin
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 320000 (312K) [application/octet-stream]
  Saving to: ‘big2.bin’
  
       0K .......... .......... .......... .......... .......... 16% N T
      50K .......... .......... .......... .......... .......... 32% N T
     100K .......... .......... .......... .......... .......... 48% N T
     150K .......... .......... .......... .......... .......... 64% N T
     200K .......... .......... .......... .......... .......... 80% N T
     250K .......... .......... .......... .......... .......... 96% N T
     300K .......... ..                                         100% N=T
  
  D (RATE) - ‘big2.bin’ saved [320000/320000]
  
  0
  $ fresh; ( wget -O x $U/a.txt; echo $?; cat x; wget -O - $U/a.txt; wget -qO- $U/a.txt; wget -O x $U/a.txt $U/big.txt; wc -c x; wget -O no/such/x $U/a.txt; echo $? ) 2>&1 | norm
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘x’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘x’ saved [6/6]
  
  0
  hello
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘STDOUT’
  hello
  
       0K                                                       100% N=T
  
  D (RATE) - written to stdout [6/6]
  
  hello
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘x’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘x’ saved [6/6]
  
  --D--  http://127.0.0.1:8133/big.txt
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 200 OK
  Length: 8893 (8.7K) [text/plain]
  Saving to: ‘x’
  
       0K ........                                              100% N=T
  
  D (RATE) - ‘x’ saved [8893/8893]
  
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 2 files, 8.7K in T (RATE)
  8899 x
  no/such/x: No such file or directory
  1
  $ fresh; ( wget -q $U/a.txt; echo $?; wget -nv $U/a.txt; echo $?; wget -nv $U/none; echo $?; wget -q $U/none; echo $?; wget -nv -O x $U/a.txt; wget -nv -O - $U/a.txt; wget -nv $U/a.txt $U/big.txt; ls ) 2>&1 | norm
  0
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "a.txt.1" [1]
  0
  http://127.0.0.1:8133/none:
  D ERROR 404: Not Found.
  8
  8
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "x" [1]
  hello
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "-" [1]
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "a.txt.2" [1]
  D URL:http://127.0.0.1:8133/big.txt [8893/8893] -> "big.txt" [1]
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 2 files, 8.7K in T (RATE)
  a.txt
  a.txt.1
  a.txt.2
  big.txt
  x
  $ fresh; ( printf he > a.txt; wget -c $U/a.txt; echo $?; cat a.txt; wget -c $U/a.txt; echo $?; head -c 3000 /tmp/w/www/big.txt > big.txt; wget -c $U/big.txt; echo $?; cmp big.txt /tmp/w/www/big.txt; wget -c -nv $U/big.txt; echo $?; wget -c $U/n.gz; wget -c -O y $U/a.txt; cat y ) 2>&1 | norm
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 206 Partial Content
  Length: 6, 4 remaining [text/plain]
  Saving to: ‘a.txt’
  
       0K
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt’ saved [6/6]
  
  0
  hello
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 416 Requested Range Not Satisfiable
  
      The file is already fully retrieved; nothing to do.
  
  0
  --D--  http://127.0.0.1:8133/big.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 206 Partial Content
  Length: 8893 (8.7K), 5893 (5.8K) remaining [text/plain]
  Saving to: ‘big.txt’
  
       0K ,,......                                              100% N=T
  
  D (RATE) - ‘big.txt’ saved [8893/8893]
  
  0
  0
  --D--  http://127.0.0.1:8133/n.gz
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 30 [application/gzip]
  Saving to: ‘n.gz’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘n.gz’ saved [30/30]
  
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘y’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘y’ saved [6/6]
  
  hello
  $ fresh; ( wget -N $U/a.txt; wget -N $U/a.txt; echo $?; touch -d 2020-01-01 a.txt; wget -N $U/a.txt; touch a.txt; echo longer than it > a.txt; wget -N $U/a.txt; echo $?; wget -nv -N $U/a.txt; echo $?; wget -N -O x $U/a.txt; echo $?; ls ) 2>&1 | norm
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘a.txt’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt’ saved [6/6]
  
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 304 Not Modified
  File ‘a.txt’ not modified on server. Omitting download.
  
  0
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘a.txt’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt’ saved [6/6]
  
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘a.txt’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt’ saved [6/6]
  
  0
  0
  WARNING: timestamping does nothing in combination with -O. See the manual
  for details.
  
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘x’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘x’ saved [6/6]
  
  0
  a.txt
  x
  $ fresh; ( wget -S $U/a.txt; wget -S -nv $U/a.txt; wget -qS $U/a.txt; wget -S -O- $U/found; wget -S $U/none; echo $? ) 2>&1 | norm
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 
    HTTP/1.1 200 OK
    Server: nginx/1.22.1
    Date: D
    Content-Type: text/plain
    Content-Length: 6
    Last-Modified: Tue, 02 Jan 2024 03:04:05 GMT
    Connection: keep-alive
    ETag: "65937d25-6"
    Accept-Ranges: bytes
  Length: 6 [text/plain]
  Saving to: ‘a.txt’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt’ saved [6/6]
  
    HTTP/1.1 200 OK
    Server: nginx/1.22.1
    Date: D
    Content-Type: text/plain
    Content-Length: 6
    Last-Modified: Tue, 02 Jan 2024 03:04:05 GMT
    Connection: keep-alive
    ETag: "65937d25-6"
    Accept-Ranges: bytes
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "a.txt.1" [1]
    HTTP/1.1 200 OK
    Server: nginx/1.22.1
    Date: D
    Content-Type: text/plain
    Content-Length: 6
    Last-Modified: Tue, 02 Jan 2024 03:04:05 GMT
    Connection: keep-alive
    ETag: "65937d25-6"
    Accept-Ranges: bytes
  --D--  http://127.0.0.1:8133/found
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 
    HTTP/1.1 302 Moved Temporarily
    Server: nginx/1.22.1
    Date: D
    Content-Type: text/html
    Content-Length: 145
    Connection: keep-alive
    Location: http://127.0.0.1:8133/moved
  Location: http://127.0.0.1:8133/moved [following]
  --D--  http://127.0.0.1:8133/moved
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 
    HTTP/1.1 301 Moved Permanently
    Server: nginx/1.22.1
    Date: D
    Content-Type: text/html
    Content-Length: 169
    Location: http://127.0.0.1:8133/a.txt
    Connection: keep-alive
  Location: http://127.0.0.1:8133/a.txt [following]
  --D--  http://127.0.0.1:8133/a.txt
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 
    HTTP/1.1 200 OK
    Server: nginx/1.22.1
    Date: D
    Content-Type: text/plain
    Content-Length: 6
    Last-Modified: Tue, 02 Jan 2024 03:04:05 GMT
    Connection: keep-alive
    ETag: "65937d25-6"
    Accept-Ranges: bytes
  Length: 6 [text/plain]
  Saving to: ‘STDOUT’
  hello
  
       0K                                                       100% N=T
  
  D (RATE) - written to stdout [6/6]
  
  --D--  http://127.0.0.1:8133/none
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 
    HTTP/1.1 404 Not Found
    Server: nginx/1.22.1
    Date: D
    Content-Type: text/html
    Content-Length: 153
    Connection: keep-alive
  D ERROR 404: Not Found.
  
  8
  $ fresh; ( wget --spider $U/a.txt; echo $?; wget --spider $U/none; echo $?; wget -q --spider $U/none; echo $?; wget -nv --spider $U/a.txt; echo $?; wget -nv --spider $U/none; echo $?; wget --spider $U/site/; echo $?; wget --spider -S $U/a.txt; wget --spider $U/e500; echo $?; wget --spider $U/found; echo $?; ls ) 2>&1 | norm
  Spider mode enabled. Check if remote file exists.
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Remote file exists.
  
  0
  Spider mode enabled. Check if remote file exists.
  --D--  http://127.0.0.1:8133/none
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 404 Not Found
  Remote file does not exist -- broken link!!!
  
  8
  8
  D URL: http://127.0.0.1:8133/a.txt 200 OK
  0
  http://127.0.0.1:8133/none:
  Remote file does not exist -- broken link!!!
  8
  Spider mode enabled. Check if remote file exists.
  --D--  http://127.0.0.1:8133/site/
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 417 [text/html]
  Remote file exists and could contain further links,
  but recursion is disabled -- not retrieving.
  
  0
  Spider mode enabled. Check if remote file exists.
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 
    HTTP/1.1 200 OK
    Server: nginx/1.22.1
    Date: D
    Content-Type: text/plain
    Content-Length: 6
    Last-Modified: Tue, 02 Jan 2024 03:04:05 GMT
    Connection: keep-alive
    ETag: "65937d25-6"
    Accept-Ranges: bytes
  Length: 6 [text/plain]
  Remote file exists.
  
  Spider mode enabled. Check if remote file exists.
  --D--  http://127.0.0.1:8133/e500
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 500 Internal Server Error
  --D--  (try: 2)  http://127.0.0.1:8133/e500
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 500 Internal Server Error
  Remote file does not exist -- broken link!!!
  
  8
  Spider mode enabled. Check if remote file exists.
  --D--  http://127.0.0.1:8133/found
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 302 Moved Temporarily
  Location: http://127.0.0.1:8133/moved [following]
  Spider mode enabled. Check if remote file exists.
  --D--  http://127.0.0.1:8133/moved
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 301 Moved Permanently
  Location: http://127.0.0.1:8133/a.txt [following]
  Spider mode enabled. Check if remote file exists.
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Remote file exists.
  
  0
  $ fresh; ( printf '%s\n' $U/a.txt $U/big.txt '' '# c' $U/none > list; wget -i list; echo $?; ls; wget -i nolist; echo $?; : > empty; wget -i empty; echo $?; echo $U/a.txt | wget -q -i -; echo $?; ls; printf 'a.txt\nbig.txt\n' > rel; wget -B $U/ -nv -i rel; echo $?; wget -nv -i rel -P p; echo $?; ls p; wget -F -i /tmp/w/www/site2/index.html -B $U/site2/ -nv; echo $?; ls ) 2>&1 | norm
  list: Invalid URL http://# c: Invalid host name
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘a.txt’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt’ saved [6/6]
  
  --D--  http://127.0.0.1:8133/big.txt
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 200 OK
  Length: 8893 (8.7K) [text/plain]
  Saving to: ‘big.txt’
  
       0K ........                                              100% N=T
  
  D (RATE) - ‘big.txt’ saved [8893/8893]
  
  --D--  http://127.0.0.1:8133/none
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 404 Not Found
  D ERROR 404: Not Found.
  
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 2 files, 8.7K in T (RATE)
  8
  a.txt
  big.txt
  list
  nolist: No such file or directory
  No URLs found in nolist.
  0
  No URLs found in empty.
  0
  0
  a.txt
  a.txt.1
  big.txt
  empty
  list
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "a.txt.2" [1]
  D URL:http://127.0.0.1:8133/big.txt [8893/8893] -> "big.txt.1" [1]
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 2 files, 8.7K in T (RATE)
  0
  wget: unable to resolve host address ‘a.txt’
  wget: unable to resolve host address ‘big.txt’
  4
  ls: cannot access 'p': No such file or directory
  http://127.0.0.1:8133/site2/q?x=1&y=2:
  D ERROR 404: Not Found.
  D URL:http://127.0.0.1:8133/site2/A%20b.txt [6/6] -> "A b.txt" [1]
  D URL:http://127.0.0.1:8133/site2/bare.txt [5/5] -> "bare.txt" [1]
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 2 files, 11 in T (RATE)
  8
  A b.txt
  a.txt
  a.txt.1
  a.txt.2
  bare.txt
  big.txt
  big.txt.1
  empty
  list
  rel
  $ fresh; ( wget -Q x $U/a.txt; echo $?; wget -w x $U/a.txt; echo $?; wget --method $U/a.txt; echo $?; wget --post-data=a --method=GET $U/a.txt; echo $?; wget --body-data=x $U/a.txt; echo $?; wget --header=foo $U/a.txt; echo $?; wget --restrict-file-names=foo $U/a.txt; echo $?; wget --prefer-family=foo $U/a.txt; echo $?; wget --user=a --ask-password --password=b $U/a.txt; echo $?; wget -nc -O x -q $U/a.txt; echo $?; wget -nc -O x $U/a.txt; echo $?; wget --waitretry=x $U/a.txt; echo $?; wget --report-speed=x $U/a.txt; echo $?; wget -r -k -nc -q -O z $U/a.txt; echo $?; wget -c --start-pos=3 -q $U/a.txt; echo $?; wget -m -nc -q $U/a.txt; echo $? ) 2>&1 | norm
  wget: --quota: Invalid byte value ‘x’
  2
  wget: --wait: Invalid time period ‘x’
  2
  wget: missing URL
  Usage: wget [OPTION]... [URL]...
  
  Try `wget --help' for more options.
  1
  You cannot use --post-data or --post-file along with --method. --method expects data through --body-data and --body-file options
  1
  You must specify a method through --method=HTTPMethod to use with --body-data or --body-file.
  1
  wget: --header: Invalid header ‘foo’.
  2
  wget: --restrict-file-names: Invalid restriction ‘foo’,
      use [unix|vms|windows],[lowercase|uppercase],[nocontrol],[ascii].
  2
  wget: --prefer-family: Invalid value ‘foo’.
  2
  Cannot specify both --ask-password and --password.
  Usage: wget [OPTION]... [URL]...
  1
  0
  File ‘x’ already there; not retrieving.
  1
  wget: --waitretry: Invalid time period ‘x’
  2
  wget: --report-speed: Invalid value ‘x’.
  2
  Both --no-clobber and --convert-links were specified, only --convert-links will be used.
  Cannot specify both -k or --convert-file-only and -O if multiple URLs are given, or in combination
  with -p or -r. See the manual for details.
  
  Usage: wget [OPTION]... [URL]...
  1
  Specifying both --start-pos and --continue is not recommended; --continue will be disabled.
  0
  Can't timestamp and not clobber old files at the same time.
  Usage: wget [OPTION]... [URL]...
  1
  $ fresh; ( wget http://127.0.0.1:8999/; echo $?; wget -nv http://127.0.0.1:8999/; echo $?; wget -q http://127.0.0.1:8999/; echo $?; wget -t 2 --retry-connrefused --waitretry=1 http://127.0.0.1:8999/; echo $?; wget -nv -t 2 --retry-connrefused --waitretry=0 http://127.0.0.1:8999/; echo $?; wget --spider http://127.0.0.1:8999/x; echo $? ) 2>&1 | norm
  --D--  http://127.0.0.1:8999/
  Connecting to 127.0.0.1:8999... failed: Connection refused.
  4
  failed: Connection refused.
  4
  4
  --D--  http://127.0.0.1:8999/
  Connecting to 127.0.0.1:8999... failed: Connection refused.
  Retrying.
  
  --D--  (try: 2)  http://127.0.0.1:8999/
  Connecting to 127.0.0.1:8999... failed: Connection refused.
  Giving up.
  
  4
  failed: Connection refused.
  failed: Connection refused.
  4
  Spider mode enabled. Check if remote file exists.
  --D--  http://127.0.0.1:8999/x
  Connecting to 127.0.0.1:8999... failed: Connection refused.
  4
  $ fresh; ( wget http://; echo $?; wget ht!tp://x; echo $?; wget foo://x/y; echo $?; wget file:///etc/passwd; echo $?; wget http://127.0.0.1:99999/; echo $?; wget http://127.0.0.1:abc/; echo $?; wget 127.0.0.1:8133/a.txt; echo $?; wget ''; echo $?; wget "http://127.0.0.1:8133/a b"; echo $?; wget "$U/a.txt?x=1&y=2"; ls; wget "$U/a.txt#frag"; ls; wget "$U//a.txt"; wget "$U/site/../a.txt"; ls; wget "http://[::1/"; echo $?; wget "mailto:x@y"; echo $?; wget "http://:80/"; echo $? ) 2>&1 | norm
  http://: Invalid host name.
  1
  ht!tp://x: Scheme missing.
  1
  foo://x/y: Unsupported scheme ‘foo’.
  1
  file:///etc/passwd: Unsupported scheme ‘file’.
  1
  http://127.0.0.1:99999/: Bad port number.
  1
  http://127.0.0.1:abc/: Bad port number.
  1
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘a.txt’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt’ saved [6/6]
  
  0
  http://: Invalid host name.
  1
  --D--  http://127.0.0.1:8133/a%20b
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 404 Not Found
  D ERROR 404: Not Found.
  
  8
  --D--  http://127.0.0.1:8133/a.txt?x=1&y=2
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘a.txt?x=1&y=2’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt?x=1&y=2’ saved [6/6]
  
  a.txt
  a.txt?x=1&y=2
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘a.txt.1’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt.1’ saved [6/6]
  
  a.txt
  a.txt.1
  a.txt?x=1&y=2
  --D--  http://127.0.0.1:8133//a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘a.txt.2’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt.2’ saved [6/6]
  
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘a.txt.3’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt.3’ saved [6/6]
  
  a.txt
  a.txt.1
  a.txt.2
  a.txt.3
  a.txt?x=1&y=2
  http://[::1/: Unterminated IPv6 numeric address.
  1
  --D--  ftp://mailto/x@y
             => ‘x@y’
  Resolving mailto (mailto)... failed: Name or service not known.
  wget: unable to resolve host address ‘mailto’
  4
  http://:80/: Invalid host name.
  1
  $ fresh; ( wget $U/moved; echo $?; ls; wget $U/found; ls; wget -nv $U/found; wget --max-redirect=0 $U/moved; echo $?; wget --max-redirect=1 $U/found; echo $?; wget --max-redirect=2 $U/loop; echo $?; wget --trust-server-names $U/found; ls; wget -nv $U/rel; wget $U/ext; echo $?; wget -q -O- $U/m307; wget -q -O- --post-data=ab $U/m307; wget -q -O- --post-data=ab $U/found; wget $U/site; echo $?; ls ) 2>&1 | norm
  --D--  http://127.0.0.1:8133/moved
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 301 Moved Permanently
  Location: http://127.0.0.1:8133/a.txt [following]
  --D--  http://127.0.0.1:8133/a.txt
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘moved’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘moved’ saved [6/6]
  
  0
  moved
  --D--  http://127.0.0.1:8133/found
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 302 Moved Temporarily
  Location: http://127.0.0.1:8133/moved [following]
  --D--  http://127.0.0.1:8133/moved
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 301 Moved Permanently
  Location: http://127.0.0.1:8133/a.txt [following]
  --D--  http://127.0.0.1:8133/a.txt
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘found’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘found’ saved [6/6]
  
  found
  moved
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "found.1" [1]
  --D--  http://127.0.0.1:8133/moved
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 301 Moved Permanently
  Location: http://127.0.0.1:8133/a.txt [following]
  0 redirections exceeded.
  8
  --D--  http://127.0.0.1:8133/found
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 302 Moved Temporarily
  Location: http://127.0.0.1:8133/moved [following]
  --D--  http://127.0.0.1:8133/moved
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 301 Moved Permanently
  Location: http://127.0.0.1:8133/a.txt [following]
  1 redirections exceeded.
  8
  --D--  http://127.0.0.1:8133/loop
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 302 Moved Temporarily
  Location: http://127.0.0.1:8133/loop [following]
  --D--  http://127.0.0.1:8133/loop
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 302 Moved Temporarily
  Location: http://127.0.0.1:8133/loop [following]
  --D--  http://127.0.0.1:8133/loop
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 302 Moved Temporarily
  Location: http://127.0.0.1:8133/loop [following]
  2 redirections exceeded.
  8
  --D--  http://127.0.0.1:8133/found
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 302 Moved Temporarily
  Location: http://127.0.0.1:8133/moved [following]
  --D--  http://127.0.0.1:8133/moved
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 301 Moved Permanently
  Location: http://127.0.0.1:8133/a.txt [following]
  --D--  http://127.0.0.1:8133/a.txt
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘a.txt’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt’ saved [6/6]
  
  a.txt
  found
  found.1
  moved
  D URL:http://127.0.0.1:8133/list/one.txt [4/4] -> "rel" [1]
  --D--  http://127.0.0.1:8133/ext
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 302 Moved Temporarily
  Location: ftp://127.0.0.1/x [following]
  --D--  ftp://127.0.0.1/x
             => ‘ext’
  Connecting to 127.0.0.1:21... failed: Connection refused.
  4
  GET /echo agent=Wget/1.21.3 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8133 range=
  POST /echo agent=Wget/1.21.3 ref= type=application/x-www-form-urlencoded len=2 accept=*/* xa= auth= host=127.0.0.1:8133 range=
  hello
  --D--  http://127.0.0.1:8133/site
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 301 Moved Permanently
  Location: http://127.0.0.1:8133/site/ [following]
  --D--  http://127.0.0.1:8133/site/
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 200 OK
  Length: 417 [text/html]
  Saving to: ‘site’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘site’ saved [417/417]
  
  0
  a.txt
  found
  found.1
  moved
  rel
  site
  $ fresh; ( wget --user=ada --password=secret $U/private/s.txt; echo $?; wget --http-user=ada --http-password=secret -nv $U/private/s.txt; echo $?; wget -nv http://ada:secret@127.0.0.1:8133/private/s.txt; echo $?; wget http://ada:bad@127.0.0.1:8133/private/s.txt; echo $?; wget --user=ada --password=secret --auth-no-challenge -qO- $U/echo; wget --user=ada --password=secret -qO- $U/echo ) 2>&1 | norm
  --D--  http://127.0.0.1:8133/private/s.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 401 Unauthorized
  Authentication selected: Basic realm="Private area"
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 401 Unauthorized
  
  Username/Password Authentication Failed.
  6
  Authentication selected: Basic realm="Private area"
  Username/Password Authentication Failed.
  6
  Authentication selected: Basic realm="Private area"
  Username/Password Authentication Failed.
  6
  --D--  http://ada:*password*@127.0.0.1:8133/private/s.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 401 Unauthorized
  Authentication selected: Basic realm="Private area"
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 401 Unauthorized
  
  Username/Password Authentication Failed.
  6
  GET /echo agent=Wget/1.21.3 ref= type= len= accept=*/* xa= auth=Basic YWRhOnNlY3JldA== host=127.0.0.1:8133 range=
  GET /echo agent=Wget/1.21.3 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8133 range=
  $ fresh; ( wget -qO- $U/echo; wget -qO- -U Moz/1 $U/echo; wget -qO- -U '' $U/echo; wget -qO- --header='X-A: b' --header='Accept: text/html' $U/echo; wget -qO- --referer=http://r/ $U/echo; wget -qO- --post-data='a=b' $U/echo; printf xyz > pf; wget -qO- --post-file=pf $U/echo; wget -qO- --method=PUT --body-data=zz $U/echo; wget -qO- --method=DELETE $U/echo; wget -qO- --no-cache $U/echo; wget --post-file=nof $U/echo; echo $?; wget -qO- --method=POST --body-file=pf $U/echo; wget -qO- --header='Host: me' $U/echo; wget -qO- --no-http-keep-alive $U/echo; wget --save-headers -qO- $U/a.txt; wget -qO- --range 2>&1; echo $? ) 2>&1 | norm
  GET /echo agent=Wget/1.21.3 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8133 range=
  GET /echo agent=Moz/1 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8133 range=
  GET /echo agent= ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8133 range=
  GET /echo agent=Wget/1.21.3 ref= type= len= accept=text/html xa=b auth= host=127.0.0.1:8133 range=
  GET /echo agent=Wget/1.21.3 ref=http://r/ type= len= accept=*/* xa= auth= host=127.0.0.1:8133 range=
  POST /echo agent=Wget/1.21.3 ref= type=application/x-www-form-urlencoded len=3 accept=*/* xa= auth= host=127.0.0.1:8133 range=
  POST /echo agent=Wget/1.21.3 ref= type=application/x-www-form-urlencoded len=3 accept=*/* xa= auth= host=127.0.0.1:8133 range=
  PUT /echo agent=Wget/1.21.3 ref= type=application/x-www-form-urlencoded len=2 accept=*/* xa= auth= host=127.0.0.1:8133 range=
  DELETE /echo agent=Wget/1.21.3 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8133 range=
  GET /echo agent=Wget/1.21.3 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8133 range=
  --D--  http://127.0.0.1:8133/echo
  BODY data file ‘nof’ missing: No such file or directory
  3
  POST /echo agent=Wget/1.21.3 ref= type=application/x-www-form-urlencoded len=3 accept=*/* xa= auth= host=127.0.0.1:8133 range=
  GET /echo agent=Wget/1.21.3 ref= type= len= accept=*/* xa= auth= host=me range=
  GET /echo agent=Wget/1.21.3 ref= type= len= accept=*/* xa= auth= host=127.0.0.1:8133 range=
  HTTP/1.1 200 OK
  Server: nginx/1.22.1
  Date: D
  Content-Type: text/plain
  Content-Length: 6
  Last-Modified: Tue, 02 Jan 2024 03:04:05 GMT
  Connection: keep-alive
  ETag: "65937d25-6"
  Accept-Ranges: bytes
  
  hello
  wget: unrecognized option '--range'
  Usage: wget [OPTION]... [URL]...
  
  Try `wget --help' for more options.
  2
  $ fresh; ( wget -qO- --save-cookies=jar $U/cookie; sed 's/[0-9]\{10\}/T/; /^# Generated/d' jar; wget -qO- --save-cookies=jar --keep-session-cookies $U/cookie; sed 's/[0-9]\{10\}/T/; /^# Generated/d' jar; wget -qO- --load-cookies=jar $U/cookie; wget -qO- --load-cookies=nojar $U/cookie; echo $?; wget -qO- --no-cookies $U/cookie $U/cookie; wget -qO- $U/cookie $U/cookie ) 2>&1 | norm
  cookies=
  # HTTP Cookie File
  # Edit at your own risk.
  
  127.0.0.1:8133	FALSE	/	FALSE	T	lang	fr
  cookies=
  # HTTP Cookie File
  # Edit at your own risk.
  
  127.0.0.1:8133	FALSE	/	FALSE	T	lang	fr
  127.0.0.1:8133	FALSE	/	FALSE	0	sid	abc123
  cookies=lang=fr; sid=abc123
  cookies=
  0
  cookies=
  cookies=
  cookies=
  cookies=lang=fr; sid=abc123
  $ fresh; ( wget -b $U/a.txt; sleep 1.5; cat wget-log; ls; wget -b -q $U/a.txt; sleep 1; ls; wget -b -o mylog $U/a.txt; sleep 1; cat mylog; wget -b $U/a.txt; sleep 1; ls ) 2>&1 | norm
  Continuing in background, pid N.
  Output will be written to ‘wget-log’.
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘a.txt’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt’ saved [6/6]
  
  a.txt
  wget-log
  Continuing in background, pid N.
  a.txt
  a.txt.1
  wget-log
  Continuing in background, pid N.
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘a.txt.2’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt.2’ saved [6/6]
  
  Continuing in background, pid N.
  Output will be written to ‘wget-log.1’.
  a.txt
  a.txt.1
  a.txt.2
  a.txt.3
  mylog
  wget-log
  wget-log.1
  $ fresh; ( wget $U/a.txt $U/none $U/big.txt; echo $?; wget -nv $U/a.txt $U/big.txt; wget -q $U/none http://127.0.0.1:8999/; echo $?; wget -w 1 -nv $U/a.txt $U/a.txt ) 2>&1 | norm
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘a.txt’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt’ saved [6/6]
  
  --D--  http://127.0.0.1:8133/none
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 404 Not Found
  D ERROR 404: Not Found.
  
  --D--  http://127.0.0.1:8133/big.txt
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 200 OK
  Length: 8893 (8.7K) [text/plain]
  Saving to: ‘big.txt’
  
       0K ........                                              100% N=T
  
  D (RATE) - ‘big.txt’ saved [8893/8893]
  
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 2 files, 8.7K in T (RATE)
  8
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "a.txt.1" [1]
  D URL:http://127.0.0.1:8133/big.txt [8893/8893] -> "big.txt.1" [1]
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 2 files, 8.7K in T (RATE)
  4
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "a.txt.2" [1]
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "a.txt.3" [1]
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 2 files, 12 in T (RATE)
  $ fresh; ( wget --delete-after $U/a.txt; ls; wget -x -nv $U/list/one.txt; find . -type f; wget -x -nH -nv $U/list/one.txt; wget -x -nH --cut-dirs=1 -nv $U/list/one.txt; wget --protocol-directories -x -nv $U/list/one.txt; find . -type f | sort; wget -nv --backups=1 $U/a.txt; wget -nv --backups=1 $U/a.txt; ls; wget --unlink -nv $U/a.txt; ls ) 2>&1 | norm
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘a.txt.tmp’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘a.txt.tmp’ saved [6/6]
  
  Removing a.txt.tmp.
  D URL:http://127.0.0.1:8133/list/one.txt [4/4] -> "127.0.0.1:8133/list/one.txt" [1]
  ./127.0.0.1:8133/list/one.txt
  D URL:http://127.0.0.1:8133/list/one.txt [4/4] -> "list/one.txt" [1]
  D URL:http://127.0.0.1:8133/list/one.txt [4/4] -> "one.txt" [1]
  D URL:http://127.0.0.1:8133/list/one.txt [4/4] -> "http/127.0.0.1:8133/list/one.txt" [1]
  ./127.0.0.1:8133/list/one.txt
  ./http/127.0.0.1:8133/list/one.txt
  ./list/one.txt
  ./one.txt
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "a.txt" [1]
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "a.txt" [1]
  127.0.0.1:8133
  a.txt
  a.txt.1
  http
  list
  one.txt
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "a.txt.2" [1]
  127.0.0.1:8133
  a.txt
  a.txt.1
  a.txt.2
  http
  list
  one.txt
  $ fresh; ( wget -r -nv $U/site/; echo $?; L; wget -r -nv -q $U/site/; echo $? ) 2>&1 | norm
  D URL:http://127.0.0.1:8133/site/ [417/417] -> "127.0.0.1:8133/site/index.html" [1]
  http://127.0.0.1:8133/robots.txt:
  D ERROR 404: Not Found.
  D URL:http://127.0.0.1:8133/site/css/style.css [62/62] -> "127.0.0.1:8133/site/css/style.css" [1]
  D URL:http://127.0.0.1:8133/site/app.js [18/18] -> "127.0.0.1:8133/site/app.js" [1]
  D URL:http://127.0.0.1:8133/site/img/logo.png [9/9] -> "127.0.0.1:8133/site/img/logo.png" [1]
  D URL:http://127.0.0.1:8133/site/page1.html [145/145] -> "127.0.0.1:8133/site/page1.html" [1]
  D URL:http://127.0.0.1:8133/site/docs/ [122/122] -> "127.0.0.1:8133/site/docs/index.html" [1]
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "127.0.0.1:8133/a.txt" [1]
  http://127.0.0.1:8133/site/missing.html:
  D ERROR 404: Not Found.
  D URL:http://127.0.0.1:8133/site/img/bg.png [7/7] -> "127.0.0.1:8133/site/img/bg.png" [1]
  D URL:http://127.0.0.1:8133/site/css/print.css [19/19] -> "127.0.0.1:8133/site/css/print.css" [1]
  D URL:http://127.0.0.1:8133/site/index.html [417/417] -> "127.0.0.1:8133/site/index.html" [1]
  D URL:http://127.0.0.1:8133/site/docs/guide.html [84/84] -> "127.0.0.1:8133/site/docs/guide.html" [1]
  D URL:http://127.0.0.1:8133/site/file.pdf [20/20] -> "127.0.0.1:8133/site/file.pdf" [1]
  D URL:http://127.0.0.1:8133/site/img/photo.jpg [10/10] -> "127.0.0.1:8133/site/img/photo.jpg" [1]
  D URL:http://127.0.0.1:8133/site/docs/deep/more.html [55/55] -> "127.0.0.1:8133/site/docs/deep/more.html" [1]
  D URL:http://127.0.0.1:8133/site/docs/index.html [122/122] -> "127.0.0.1:8133/site/docs/index.html" [1]
  D URL:http://127.0.0.1:8133/site/docs/deep/last.html [30/30] -> "127.0.0.1:8133/site/docs/deep/last.html" [1]
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 16 files, 1.5K in T (RATE)
  8
  ./127.0.0.1:8133/a.txt
  ./127.0.0.1:8133/site/app.js
  ./127.0.0.1:8133/site/css/print.css
  ./127.0.0.1:8133/site/css/style.css
  ./127.0.0.1:8133/site/docs/deep/last.html
  ./127.0.0.1:8133/site/docs/deep/more.html
  ./127.0.0.1:8133/site/docs/guide.html
  ./127.0.0.1:8133/site/docs/index.html
  ./127.0.0.1:8133/site/file.pdf
  ./127.0.0.1:8133/site/img/bg.png
  ./127.0.0.1:8133/site/img/logo.png
  ./127.0.0.1:8133/site/img/photo.jpg
  ./127.0.0.1:8133/site/index.html
  ./127.0.0.1:8133/site/page1.html
  8
  $ fresh; ( wget -r -np -nv $U/site/docs/; echo $?; L ) 2>&1 | norm
  D URL:http://127.0.0.1:8133/site/docs/ [122/122] -> "127.0.0.1:8133/site/docs/index.html" [1]
  http://127.0.0.1:8133/robots.txt:
  D ERROR 404: Not Found.
  D URL:http://127.0.0.1:8133/site/docs/guide.html [84/84] -> "127.0.0.1:8133/site/docs/guide.html" [1]
  D URL:http://127.0.0.1:8133/site/docs/deep/more.html [55/55] -> "127.0.0.1:8133/site/docs/deep/more.html" [1]
  D URL:http://127.0.0.1:8133/site/docs/index.html [122/122] -> "127.0.0.1:8133/site/docs/index.html" [1]
  D URL:http://127.0.0.1:8133/site/docs/deep/last.html [30/30] -> "127.0.0.1:8133/site/docs/deep/last.html" [1]
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 5 files, 413 in T (RATE)
  0
  ./127.0.0.1:8133/site/docs/deep/last.html
  ./127.0.0.1:8133/site/docs/deep/more.html
  ./127.0.0.1:8133/site/docs/guide.html
  ./127.0.0.1:8133/site/docs/index.html
  $ fresh; ( wget -p -k $U/site/; echo $?; cat 127.0.0.1:8133/site/index.html ) 2>&1 | norm
  --D--  http://127.0.0.1:8133/site/
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 417 [text/html]
  Saving to: ‘127.0.0.1:8133/site/index.html’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘127.0.0.1:8133/site/index.html’ saved [417/417]
  
  Loading robots.txt; please ignore errors.
  --D--  http://127.0.0.1:8133/robots.txt
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 404 Not Found
  D ERROR 404: Not Found.
  
  --D--  http://127.0.0.1:8133/site/css/style.css
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 200 OK
  Length: 62 [text/css]
  Saving to: ‘127.0.0.1:8133/site/css/style.css’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘127.0.0.1:8133/site/css/style.css’ saved [62/62]
  
  --D--  http://127.0.0.1:8133/site/app.js
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 200 OK
  Length: 18 [application/javascript]
  Saving to: ‘127.0.0.1:8133/site/app.js’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘127.0.0.1:8133/site/app.js’ saved [18/18]
  
  --D--  http://127.0.0.1:8133/site/img/logo.png
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 200 OK
  Length: 9 [image/png]
  Saving to: ‘127.0.0.1:8133/site/img/logo.png’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘127.0.0.1:8133/site/img/logo.png’ saved [9/9]
  
  --D--  http://127.0.0.1:8133/site/img/bg.png
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 200 OK
  Length: 7 [image/png]
  Saving to: ‘127.0.0.1:8133/site/img/bg.png’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘127.0.0.1:8133/site/img/bg.png’ saved [7/7]
  
  --D--  http://127.0.0.1:8133/site/css/print.css
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 200 OK
  Length: 19 [text/css]
  Saving to: ‘127.0.0.1:8133/site/css/print.css’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘127.0.0.1:8133/site/css/print.css’ saved [19/19]
  
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 6 files, 532 in T (RATE)
  Converting links in 127.0.0.1:8133/site/index.html... 9.
  4-5
  Converting links in 127.0.0.1:8133/site/css/style.css... 2.
  2-0
  Converting links in 127.0.0.1:8133/site/css/print.css... nothing to do.
  Converted links in 3 files in T
  0
  <!DOCTYPE html>
  <html><head><title>Site</title>
  <link rel="stylesheet" href="css/style.css">
  <script src="app.js"></script>
  </head><body>
  <h1>Home</h1>
  <img src="img/logo.png" alt="logo">
  <a href="http://127.0.0.1:8133/site/page1.html">one</a>
  <a href="http://127.0.0.1:8133/site/docs/">docs</a>
  <a href="http://127.0.0.1:8133/a.txt">above</a>
  <a href="http://127.0.0.1:8133/site/missing.html">gone</a>
  <a href="index.html#top">top</a>
  <a href="mailto:ada@example.org">mail</a>
  <a href="http://127.0.0.1:8133/site/page1.html#part">again</a>
  </body></html>
  $ fresh; ( wget -r -k -nv $U/site/; echo $?; cat 127.0.0.1:8133/site/index.html 127.0.0.1:8133/site/page1.html 127.0.0.1:8133/site/css/style.css 127.0.0.1:8133/site/docs/*.html ) 2>&1 | norm
  D URL:http://127.0.0.1:8133/site/ [417/417] -> "127.0.0.1:8133/site/index.html" [1]
  http://127.0.0.1:8133/robots.txt:
  D ERROR 404: Not Found.
  D URL:http://127.0.0.1:8133/site/css/style.css [62/62] -> "127.0.0.1:8133/site/css/style.css" [1]
  D URL:http://127.0.0.1:8133/site/app.js [18/18] -> "127.0.0.1:8133/site/app.js" [1]
  D URL:http://127.0.0.1:8133/site/img/logo.png [9/9] -> "127.0.0.1:8133/site/img/logo.png" [1]
  D URL:http://127.0.0.1:8133/site/page1.html [145/145] -> "127.0.0.1:8133/site/page1.html" [1]
  D URL:http://127.0.0.1:8133/site/docs/ [122/122] -> "127.0.0.1:8133/site/docs/index.html" [1]
  D URL:http://127.0.0.1:8133/a.txt [6/6] -> "127.0.0.1:8133/a.txt" [1]
  http://127.0.0.1:8133/site/missing.html:
  D ERROR 404: Not Found.
  D URL:http://127.0.0.1:8133/site/img/bg.png [7/7] -> "127.0.0.1:8133/site/img/bg.png" [1]
  D URL:http://127.0.0.1:8133/site/css/print.css [19/19] -> "127.0.0.1:8133/site/css/print.css" [1]
  D URL:http://127.0.0.1:8133/site/index.html [417/417] -> "127.0.0.1:8133/site/index.html" [1]
  D URL:http://127.0.0.1:8133/site/docs/guide.html [84/84] -> "127.0.0.1:8133/site/docs/guide.html" [1]
  D URL:http://127.0.0.1:8133/site/file.pdf [20/20] -> "127.0.0.1:8133/site/file.pdf" [1]
  D URL:http://127.0.0.1:8133/site/img/photo.jpg [10/10] -> "127.0.0.1:8133/site/img/photo.jpg" [1]
  D URL:http://127.0.0.1:8133/site/docs/deep/more.html [55/55] -> "127.0.0.1:8133/site/docs/deep/more.html" [1]
  D URL:http://127.0.0.1:8133/site/docs/index.html [122/122] -> "127.0.0.1:8133/site/docs/index.html" [1]
  D URL:http://127.0.0.1:8133/site/docs/deep/last.html [30/30] -> "127.0.0.1:8133/site/docs/deep/last.html" [1]
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 16 files, 1.5K in T (RATE)
  8
  <!DOCTYPE html>
  <html><head><title>Site</title>
  <link rel="stylesheet" href="css/style.css">
  <script src="app.js"></script>
  </head><body>
  <h1>Home</h1>
  <img src="img/logo.png" alt="logo">
  <a href="page1.html">one</a>
  <a href="docs/index.html">docs</a>
  <a href="../a.txt">above</a>
  <a href="http://127.0.0.1:8133/site/missing.html">gone</a>
  <a href="index.html#top">top</a>
  <a href="mailto:ada@example.org">mail</a>
  <a href="page1.html#part">again</a>
  </body></html>
  <html><body><a href="index.html">home</a> <a href="docs/guide.html">guide</a> <a href="file.pdf">pdf</a> <img src="img/photo.jpg"></body></html>
  body { background: url(../img/bg.png); }
  @import "print.css";
  <html><body><a href="index.html">docs</a> <img src="../img/logo.png"></body></html>
  <html><body><a href="guide.html">guide</a> <a href="../index.html">up</a> <a href="deep/more.html">more</a></body></html>
  $ fresh; ( wget -r -np -nd -A iso -nv $U/dl/; echo $?; L; wget -r -np -nd -A '*.txt,*.md' $U/dl/; echo $?; L ) 2>&1 | norm
  D URL:http://127.0.0.1:8133/dl/ [585] -> "index.html.tmp" [1]
  http://127.0.0.1:8133/robots.txt:
  D ERROR 404: Not Found.
  D URL:http://127.0.0.1:8133/dl/a.iso [1501/1501] -> "a.iso" [1]
  D URL:http://127.0.0.1:8133/dl/b.iso [1501/1501] -> "b.iso" [1]
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 3 files, 3.5K in T (RATE)
  0
  ./a.iso
  ./b.iso
  --D--  http://127.0.0.1:8133/dl/
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: unspecified [text/html]
  Saving to: ‘index.html.tmp’
  
       0K N=T
  
  D (RATE) - ‘index.html.tmp’ saved [585]
  
  Loading robots.txt; please ignore errors.
  --D--  http://127.0.0.1:8133/robots.txt
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 404 Not Found
  D ERROR 404: Not Found.
  
  Removing index.html.tmp since it should be rejected.
  
  --D--  http://127.0.0.1:8133/dl/c.txt
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 200 OK
  Length: 1501 (1.5K) [text/plain]
  Saving to: ‘c.txt’
  
       0K .                                                     100% N=T
  
  D (RATE) - ‘c.txt’ saved [1501/1501]
  
  --D--  http://127.0.0.1:8133/dl/readme.md
  Reusing existing connection to 127.0.0.1:8133.
  HTTP request sent, awaiting response... 200 OK
  Length: 8 [text/plain]
  Saving to: ‘readme.md’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘readme.md’ saved [8/8]
  
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 3 files, 2.0K in T (RATE)
  0
  ./a.iso
  ./b.iso
  ./c.txt
  ./readme.md
  $ fresh; ( wget -m -np -nv $U/site/docs/; echo $?; L; wget -m -np -nv $U/site/docs/; echo $?; wget -m -np $U/site/docs/deep/more.html ) 2>&1 | norm
  D URL:http://127.0.0.1:8133/site/docs/ [122/122] -> "127.0.0.1:8133/site/docs/index.html" [1]
  http://127.0.0.1:8133/robots.txt:
  D ERROR 404: Not Found.
  D URL:http://127.0.0.1:8133/site/docs/guide.html [84/84] -> "127.0.0.1:8133/site/docs/guide.html" [1]
  D URL:http://127.0.0.1:8133/site/docs/deep/more.html [55/55] -> "127.0.0.1:8133/site/docs/deep/more.html" [1]
  D URL:http://127.0.0.1:8133/site/docs/deep/last.html [30/30] -> "127.0.0.1:8133/site/docs/deep/last.html" [1]
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 4 files, 291 in T (RATE)
  0
  ./127.0.0.1:8133/site/docs/deep/last.html
  ./127.0.0.1:8133/site/docs/deep/more.html
  ./127.0.0.1:8133/site/docs/guide.html
  ./127.0.0.1:8133/site/docs/index.html
  0
  --D--  http://127.0.0.1:8133/site/docs/deep/more.html
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 304 Not Modified
  File ‘127.0.0.1:8133/site/docs/deep/more.html’ not modified on server. Omitting download.
  
  $ fresh; ( wget -r -l1 -k -K -E -nv $U/site/page1.html; echo $?; L ) 2>&1 | norm
  D URL:http://127.0.0.1:8133/site/page1.html [145/145] -> "127.0.0.1:8133/site/page1.html" [1]
  http://127.0.0.1:8133/robots.txt:
  D ERROR 404: Not Found.
  D URL:http://127.0.0.1:8133/site/index.html [417/417] -> "127.0.0.1:8133/site/index.html" [1]
  D URL:http://127.0.0.1:8133/site/docs/guide.html [84/84] -> "127.0.0.1:8133/site/docs/guide.html" [1]
  D URL:http://127.0.0.1:8133/site/file.pdf [20/20] -> "127.0.0.1:8133/site/file.pdf" [1]
  D URL:http://127.0.0.1:8133/site/img/photo.jpg [10/10] -> "127.0.0.1:8133/site/img/photo.jpg" [1]
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 5 files, 676 in T (RATE)
  0
  ./127.0.0.1:8133/site/docs/guide.html
  ./127.0.0.1:8133/site/docs/guide.html.orig
  ./127.0.0.1:8133/site/file.pdf
  ./127.0.0.1:8133/site/img/photo.jpg
  ./127.0.0.1:8133/site/index.html
  ./127.0.0.1:8133/site/index.html.orig
  ./127.0.0.1:8133/site/page1.html
  ./127.0.0.1:8133/site/page1.html.orig
  $ fresh; ( wget --spider -r -nv $U/site/; echo $?; wget --spider -r -nv -l1 $U/site/ 2>&1 | tail -5; L ) 2>&1 | norm
  D URL:http://127.0.0.1:8133/site/ [417/417] -> "127.0.0.1:8133/site/index.html.tmp.tmp" [1]
  http://127.0.0.1:8133/robots.txt:
  D ERROR 404: Not Found.
  D URL:http://127.0.0.1:8133/site/css/style.css [62/62] -> "127.0.0.1:8133/site/css/style.css.tmp.tmp" [1]
  D URL: http://127.0.0.1:8133/site/app.js 200 OK
  unlink: No such file or directory
  D URL: http://127.0.0.1:8133/site/img/logo.png 200 OK
  unlink: No such file or directory
  D URL:http://127.0.0.1:8133/site/page1.html [145/145] -> "127.0.0.1:8133/site/page1.html.tmp.tmp" [1]
  D URL:http://127.0.0.1:8133/site/docs/ [122/122] -> "127.0.0.1:8133/site/docs/index.html.tmp.tmp" [1]
  D URL: http://127.0.0.1:8133/a.txt 200 OK
  unlink: No such file or directory
  http://127.0.0.1:8133/site/missing.html:
  Remote file does not exist -- broken link!!!
  D URL: http://127.0.0.1:8133/site/img/bg.png 200 OK
  unlink: No such file or directory
  D URL:http://127.0.0.1:8133/site/css/print.css [19/19] -> "127.0.0.1:8133/site/css/print.css.tmp.tmp" [1]
  D URL:http://127.0.0.1:8133/site/index.html [417/417] -> "127.0.0.1:8133/site/index.html.tmp.tmp" [1]
  D URL:http://127.0.0.1:8133/site/docs/guide.html [84/84] -> "127.0.0.1:8133/site/docs/guide.html.tmp.tmp" [1]
  D URL: http://127.0.0.1:8133/site/file.pdf 200 OK
  unlink: No such file or directory
  D URL: http://127.0.0.1:8133/site/img/photo.jpg 200 OK
  unlink: No such file or directory
  D URL:http://127.0.0.1:8133/site/docs/deep/more.html [55/55] -> "127.0.0.1:8133/site/docs/deep/more.html.tmp.tmp" [1]
  D URL:http://127.0.0.1:8133/site/docs/index.html [122/122] -> "127.0.0.1:8133/site/docs/index.html.tmp.tmp" [1]
  D URL:http://127.0.0.1:8133/site/docs/deep/last.html [30/30] -> "127.0.0.1:8133/site/docs/deep/last.html.tmp.tmp" [1]
  Found 1 broken link.
  
  http://127.0.0.1:8133/site/missing.html
  
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 10 files, 1.4K in T (RATE)
  8
  http://127.0.0.1:8133/site/missing.html
  
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 4 files, 746 in T (RATE)
  $ fresh; ( wget -r -nv $U/site2/; echo $?; L; wget -nv -E -k -r $U/site2/; cat 127.0.0.1:8133/site2/index.html ) 2>&1 | norm
  D URL:http://127.0.0.1:8133/site2/ [108/108] -> "127.0.0.1:8133/site2/index.html" [1]
  http://127.0.0.1:8133/robots.txt:
  D ERROR 404: Not Found.
  http://127.0.0.1:8133/site2/q?x=1&y=2:
  D ERROR 404: Not Found.
  D URL:http://127.0.0.1:8133/site2/A%20b.txt [6/6] -> "127.0.0.1:8133/site2/A b.txt" [1]
  D URL:http://127.0.0.1:8133/site2/bare.txt [5/5] -> "127.0.0.1:8133/site2/bare.txt" [1]
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 3 files, 119 in T (RATE)
  8
  ./127.0.0.1:8133/site2/A b.txt
  ./127.0.0.1:8133/site2/bare.txt
  ./127.0.0.1:8133/site2/index.html
  D URL:http://127.0.0.1:8133/site2/ [108/108] -> "127.0.0.1:8133/site2/index.html" [1]
  http://127.0.0.1:8133/robots.txt:
  D ERROR 404: Not Found.
  http://127.0.0.1:8133/site2/q?x=1&y=2:
  D ERROR 404: Not Found.
  D URL:http://127.0.0.1:8133/site2/A%20b.txt [6/6] -> "127.0.0.1:8133/site2/A b.txt" [1]
  D URL:http://127.0.0.1:8133/site2/bare.txt [5/5] -> "127.0.0.1:8133/site2/bare.txt" [1]
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 3 files, 119 in T (RATE)
  <html><body><a href="http://127.0.0.1:8133/site2/q?x=1&amp;y=2">q</a> <a href="A&#32;b.txt">sp</a><a href="bare.txt">bare</a></body></html>
  $ fresh; ( wget -r $U/none/; echo $?; L; wget -r -nv http://127.0.0.1:8999/; echo $?; wget -p $U/a.txt; L; wget -k $U/site/docs/; cat index.html; wget -k -nv -O o.html $U/site/docs/; cat o.html ) 2>&1 | norm
  --D--  http://127.0.0.1:8133/none/
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 404 Not Found
  D ERROR 404: Not Found.
  
  8
  failed: Connection refused.
  4
  --D--  http://127.0.0.1:8133/a.txt
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 6 [text/plain]
  Saving to: ‘127.0.0.1:8133/a.txt’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘127.0.0.1:8133/a.txt’ saved [6/6]
  
  FINISHED --D--
  Total wall clock time: T
  Downloaded: 1 files, 6 in T (RATE)
  ./127.0.0.1:8133/a.txt
  --D--  http://127.0.0.1:8133/site/docs/
  Connecting to 127.0.0.1:8133... connected.
  HTTP request sent, awaiting response... 200 OK
  Length: 122 [text/html]
  Saving to: ‘index.html’
  
       0K                                                       100% N=T
  
  D (RATE) - ‘index.html’ saved [122/122]
  
  Converting links in index.html... 3.
  0-3
  Converted links in 1 files in T
  <html><body><a href="http://127.0.0.1:8133/site/docs/guide.html">guide</a> <a href="http://127.0.0.1:8133/site/index.html">up</a> <a href="http://127.0.0.1:8133/site/docs/deep/more.html">more</a></body></html>
  D URL:http://127.0.0.1:8133/site/docs/ [122/122] -> "o.html" [1]
  <html><body><a href="http://127.0.0.1:8133/site/docs/guide.html">guide</a> <a href="http://127.0.0.1:8133/site/index.html">up</a> <a href="http://127.0.0.1:8133/site/docs/deep/more.html">more</a></body></html>
