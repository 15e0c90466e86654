rm -f /etc/ssh/ssh_host_*
