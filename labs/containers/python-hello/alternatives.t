# Other right ways, each after the solution of the tasks before it.
[install: apt]
$ sudo apt install -y python3 docker.io
> student

[install: root-shell]
$ sudo -i
> student
$ apt-get install -y docker.io python3
$ exit

[directory: from-elsewhere]
$ mkdir -p /home/student/hello

[find-image: limited]
$ sudo docker search --limit 5 python

[find-image: official-only]
$ sudo docker search --filter is-official=true python

[find-image: pulled]
$ sudo docker pull python:3

[dockerfile: workdir]
$ printf 'FROM python:3-slim\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["python3", "hello.py"]\n' > Dockerfile

[dockerfile: shell-form]
$ printf '# my first image\nFROM docker.io/library/python\nADD hello.py /opt/\nCMD python3 /opt/hello.py\n' > Dockerfile

[build: from-home]
$ cd
$ sudo docker build --tag python-hello:latest hello

[build: image-build]
$ sudo docker image build -t python-hello .

[build: tag-later]
$ sudo docker build -t other .
$ sudo docker tag other python-hello

[list: image-ls]
$ sudo docker image ls

[clean: one-by-one]
$ sudo docker stop sleeper
$ sudo docker rm sleeper
$ sudo docker container prune -f
