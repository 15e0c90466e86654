# In the unpacked tree of all Debian packages (the current directory): what their maintainer scripts would have done, by Fedora's
# paths. Runs as root, or as root of a user namespace, with the programs of the tools tree. `$1`: moves, lines FROM TAB TO.
# `$2`: files of the fixture's own, a directory a package. `$3`: links, lines PATH TAB TARGET. `$4`: the SELinux policy.
set -eu

while IFS='	' read -r from to; do
  mkdir -p ".${to%/*}"
  mv ".$from" ".$to"
done < "$1"
# A program that is in both is a link in one of them.
for program in usr/sbin/*; do
  if [ -e "usr/bin/${program##*/}" ]; then rm "$program"; else mv "$program" usr/bin/; fi
done
rmdir usr/sbin

for package in "$2"/*; do cp -R --no-preserve=ownership "$package"/. .; done
while IFS='	' read -r path target; do
  mkdir -p ".${path%/*}"
  rm -rf ".$path"
  ln -s "$target" ".$path"
done < "$3"

rm -rf etc/selinux/default
cp -R --no-preserve=ownership "$4"/. .

# Users and groups that are there before any package makes one. Passwords are in the shadow files.
sed 's/:\*:/:x:/' usr/share/base-passwd/passwd.master > etc/passwd
sed -e '/^uucp:/d' -e 's/:\*:/:x:/' usr/share/base-passwd/group.master > etc/group
echo 'wheel:x:10:' >> etc/group
sed 's/:.*/:*:19000:0:99999:7:::/' etc/passwd > etc/shadow
sed 's/:.*/:*::/' etc/group > etc/gshadow
chmod 0000 etc/shadow etc/gshadow
printf '/bin/sh\n/bin/bash\n/usr/bin/sh\n/usr/bin/bash\n' > etc/shells
cat > etc/profile <<'END'
# For login shells.
export PATH="${PATH:-/usr/local/bin:/usr/bin}"
for part in /etc/profile.d/*.sh; do [ ! -r "$part" ] || . "$part"; done
unset part
END
cat > etc/nsswitch.conf <<'END'
passwd: files systemd
shadow: files
group: files [SUCCESS=merge] systemd
gshadow: files
hosts: files myhostname resolve [!UNAVAIL=return] dns
services: files
protocols: files
ethers: files
rpc: files
END
for empty in fstab bashrc environment motd printcap; do : > "etc/$empty"; done
printf 'ext4\nxfs\nvfat\n' > etc/filesystems

# The stacks that Debian's own program makes of its profiles, here of `unix` alone.
printf 'auth [success=1 default=ignore] pam_unix.so nullok\nauth requisite pam_deny.so\nauth required pam_permit.so\n' > etc/pam.d/common-auth
printf 'account [success=1 new_authtok_reqd=done default=ignore] pam_unix.so\naccount requisite pam_deny.so\naccount required pam_permit.so\n' > etc/pam.d/common-account
printf 'password [success=1 default=ignore] pam_unix.so obscure yescrypt\npassword requisite pam_deny.so\npassword required pam_permit.so\n' > etc/pam.d/common-password
printf 'session required pam_permit.so\nsession required pam_unix.so\n' > etc/pam.d/common-session-noninteractive
printf 'session required pam_permit.so\nsession optional pam_umask.so\nsession required pam_unix.so\n-session optional pam_systemd.so\n' > etc/pam.d/common-session
cat etc/pam.d/common-auth etc/pam.d/common-account etc/pam.d/common-password etc/pam.d/common-session > etc/pam.d/system-auth
cp etc/pam.d/system-auth etc/pam.d/password-auth

mkdir -p etc/ssl/certs etc/pki/tls/certs etc/pki/ca-trust/extracted/pem
cat usr/share/ca-certificates/mozilla/*.crt > etc/ssl/certs/ca-certificates.crt
cp etc/ssl/certs/ca-certificates.crt etc/pki/tls/certs/ca-bundle.crt
cp etc/ssl/certs/ca-certificates.crt etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem

# `localedef` is the tools tree's, the sources are the package's.
I18NPATH=$PWD/usr/share/i18n localedef --no-archive --inputfile=en_US --charmap=UTF-8 "$PWD/usr/lib/locale/en_US.utf8"

# Programs and units by the paths that files have now; of packages that are there.
edit() { # edit EXPRESSION FILE…
  expression=$1
  shift
  for file; do [ ! -f "$file" ] || sed -i -E "$expression" "$file"; done
}
units=usr/lib/systemd/system
edit 's|/etc/nftables\.conf|/etc/sysconfig/nftables.conf|' $units/nftables.service
edit 's|/etc/default/chrony|/etc/sysconfig/chronyd|; /^Alias=/d' $units/chrony*.service
edit 's|/etc/chrony/chrony\.|/etc/chrony.|' etc/chrony.conf
edit 's|^DAEMON_OPTS=.*|DAEMON_OPTS="-F 1 -f /etc/chrony.conf"|' etc/sysconfig/chronyd
edit 's|/etc/default/ssh|/etc/sysconfig/sshd|; /^Alias=/d; s/ssh\.service sshd\.service/sshd.service/; s/ssh\.socket/sshd.socket/' $units/ssh*
edit 's|/etc/default/|/etc/sysconfig/|' $units/libvirt* $units/virtlogd* usr/lib/libvirt/libvirt-guests.sh

# What Fedora's first stage shim looks for.
for shim in usr/lib/efi/shim/*/EFI; do
  mkdir -p "$shim/BOOT"
  cp "$shim/fedora/shimx64.efi" "$shim/fedora/shim.efi"
  cp "$shim/fedora/shimx64.efi" "$shim/BOOT/BOOTX64.EFI"
done
