"""
Run behind comps.py: what dnf would install onto an empty system for a %packages section.
Arguments: dnf's configuration, the request as JSON, the directory for the lists.
Words on stdout that the engine reads: `missing: SPEC`, `excluded: SPEC`, `conflict: TEXT`.
"""

import json
import os
import sys

import dnf
import dnf.exceptions
import dnf.goal
import dnf.repo
import dnf.subject
import hawkey


def configured(path, request):
    base = dnf.Base()
    base.conf.read(path)
    os.makedirs(base.conf.logdir, exist_ok=True)
    base.conf.substitutions["releasever"] = request["release"]
    base.conf.substitutions["basearch"] = base.conf.substitutions["arch"] = request["arch"]
    base.conf.install_weak_deps = request["weak"]
    base.conf.best = True
    base.read_all_repos()
    for repo in base.repos.iter_enabled():
        # The stage that fetched it has verified it, and nobody has written to it since.
        repo.repo_gpgcheck = False
        repo._repo.setSyncStrategy(dnf.repo.SYNC_ONLY_CACHE)
    base.fill_sack(load_system_repo=False)
    return base


def exclude(base, specs):
    for spec in specs:
        found = dnf.subject.Subject(spec).get_best_query(base.sack, with_provides=False, with_filenames=False)
        base.sack.add_excludes(found)


def mark(base, specs, is_strict):
    """What none of the repositories has, of names that somebody gives."""
    wrong = []
    for spec in specs:
        try:
            base.install(spec, strict=True)
        except dnf.exceptions.PackagesNotAvailableError as error:
            wrong.append("excluded: " + spec if "exclude" in str(error) else "missing: " + spec)
        except dnf.exceptions.MarkingError as error:
            wrong.append("excluded: " + spec if "filtered out" in str(error) else "missing: " + spec)
    for line in wrong:
        if is_strict:
            print(line)
        else:
            print("a group names it, and no repository has it: " + line.partition(": ")[2])
    return wrong if is_strict else []


def solve(path, request):
    base = configured(path, request)
    texts = [text_of(repo._repo.getCompsFn()) for repo in base.repos.iter_enabled() if repo._repo.getCompsFn()]
    groups, environments = read_comps(texts, request["arch"])
    of_groups, conditional, missing = expand(request, groups, environments)
    for one in missing:
        print("missing: " + one)
    exclude(base, request["excluded"])
    wrong = missing + mark(base, request["packages"], not request["ignoreMissing"])
    mark(base, [one for one in of_groups if one not in request["excluded"]], False)
    if wrong and not request["ignoreMissing"]:
        sys.exit(1)
    added = set()
    while True:
        try:
            base.resolve()
        except dnf.exceptions.DepsolveError as error:
            for line in str(error).strip().splitlines():
                print("conflict: " + line.strip())
            sys.exit(1)
        there = {one.name for one in base.transaction.install_set}
        wanted = {name for name, needs in conditional if needs in there and name not in there} - added
        if not wanted:
            return base, sorted(base.transaction.install_set)
        added |= wanted
        mark(base, sorted(wanted - set(request["excluded"])), False)


def archive_name(one):
    epoch = f"{one.epoch}%3a" if one.epoch else ""
    return f"{one.name}_{epoch}{one.version}-{one.release}_{one.arch}.rpm"


def addresses(base, one):
    """Where the package is: on a few of the mirrors, as one may be behind the others."""
    repo = base.repos[one.reponame]
    mirrors = [each for each in repo._repo.getMirrors() if each.startswith(("http:", "https:", "file:"))]
    places = list(dict.fromkeys(each.rstrip("/") for each in [*repo.baseurl, *mirrors]))[:3]
    # apt's downloader reads in place what is on this machine, unless it is told to copy.
    return [f"{place.replace('file:', 'copy:', 1)}/{one.location}" for place in places]


def main(path, request, directory):
    base, packages = solve(path, request)
    lines = {"lock": [], "addresses": [], "origins": []}
    for one in packages:
        kind, digest = one.chksum
        if hawkey.chksum_name(kind) != "sha256":
            print(f"conflict: {one} of the repository {one.reponame} has no SHA-256")
            sys.exit(1)
        file = archive_name(one)
        lines["lock"].append(f"{file} {one.downloadsize} SHA256:{digest.hex()}")
        lines["addresses"].append(" ".join([file, *addresses(base, one)]))
        exact = f"{one.name}-{one.epoch}:{one.version}-{one.release}.{one.arch}"
        lines["origins"].append(f"{file} {one.reponame} {exact}")
    for name, content in lines.items():
        with open(os.path.join(directory, name), "w") as file:
            file.write("".join(line + "\n" for line in sorted(content)))
    with open(os.path.join(directory, "made-at"), "w") as file:
        file.write(f"{max(one.buildtime for one in packages)}\n")


main(sys.argv[1], json.loads(sys.argv[2]), sys.argv[3])
