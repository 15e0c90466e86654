/** A mistake on the command line: exit status 2. */
export class UsageError extends Error {}

export const HELP = `kickstart-parser: checks, mends and rewrites kickstart files

  kickstart-parser check FILE…        report what is wrong, included files too
  kickstart-parser fix FILE…          apply the fixes of what is wrong
  kickstart-parser flatten FILE       put included files into place
  kickstart-parser format FILE…       lay out evenly
  kickstart-parser explain FILE[:LINE]  tell what lines mean and which releases have them
  kickstart-parser diff FILE FILE     compare by meaning

FILE may be "-" for standard input.

  --version RELEASE      syntax to use: F36 … F45, RHEL8 … RHEL11 (default: the file's #version= line, or the newest)
  --format FORMAT        pretty, json, sarif, github, gitlab (default: pretty)
  --profile PROFILE      what will install it: anaconda, livemedia, direct (default: anaconda)
  --target TARGET        livemedia: iso, filesystem, pxe-live, disk, tar (default: iso)
  --virtual              livemedia: installs in a virtual machine
  --bare-metal           the system will run on real hardware
  --without RULE         leave a lint rule out; repeatable
  --no-shell             do not check scripts with bash -n
  --optional PATH        an included file that may be missing; repeatable, a final * stands for anything
  --strict               check: warnings count as failures, too
  --stdout               fix, format: print the result instead of changing the file
  --check                format: only tell whether the file would change
  --output FILE          flatten: write there instead of to standard output
  --map FILE             flatten: write the source map, as JSON

Exit status: 0 fine, 1 findings or differences, 2 wrong usage or unreadable file.
`;
