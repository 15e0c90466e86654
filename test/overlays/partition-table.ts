/** A stand-in for sfdisk: the table is the text file $TABLE, and changes are noted in $CALLS. */
export const sfdisk = `case $* in
--dump*) cat "$TABLE"; exit ;;
esac
[ ! -e "$TABLE.off" ] || exit 9
while case $1 in --quiet | --no-tell-kernel) true ;; *) false ;; esac; do shift; done
[ "$1 $#" != '--part-attrs 3' ] || { cat "$TABLE.attributes$3"; exit; }
echo "sfdisk $1" >> "$CALLS"
case $1 in
--part-attrs) echo "$4" > "$TABLE.attributes$3" ;;
--disk-id) sed -i "s/^label-id: .*/label-id: $3/" "$2" ;;
--part-uuid) sed -i "s/^\\(.*sda$3 : .*uuid=\\).*/\\1$4/" "$2" ;;
esac`;

/** A partition's line of such a table. */
export const partitionRow = (number: number, id: string): string =>
  `/dev/sda${number} : start= 1, size= 1, type=X, uuid=${id.toUpperCase()}`;
