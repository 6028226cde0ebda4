# One way through the lab, task by task.
[install]
$ sudo apt-get update
> student
$ sudo apt-get install -y docker.io python3
$ systemctl is-active docker

[directory]
$ mkdir ~/hello
$ cd ~/hello

[script]
$ echo 'print("Hello World !")' > hello.py
$ python3 hello.py

[find-image]
$ sudo docker search python

[dockerfile]
$ cat > Dockerfile <<'END'
> FROM python:3
> COPY hello.py /hello.py
> CMD ["python3", "/hello.py"]
> END

[build]
$ sudo docker build -t python-hello .

[list]
$ sudo docker images

[run]
$ sudo docker run python-hello

[pids]
$ sudo docker run -d --name sleeper python-hello sleep 1000
$ sudo docker exec sleeper sh -c 'echo $$' > /dev/null
$ echo 1 > pids.txt
$ sudo docker inspect -f '{{.State.Pid}}' sleeper >> pids.txt
$ cat pids.txt

[clean]
$ sudo docker rm -f $(sudo docker ps -aq)
