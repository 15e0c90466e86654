"""What package groups stand for: comps files read and expanded, as Debian's libcomps for Python gives empty lists."""

import fnmatch
import gzip
import lzma
import subprocess
import xml.etree.ElementTree


def text_of(path):
    if path.endswith(".gz"):
        return gzip.open(path).read()
    if path.endswith(".xz"):
        return lzma.open(path).read()
    if path.endswith(".zst"):
        return subprocess.run(["zstd", "-dcq", path], check=True, stdout=subprocess.PIPE).stdout
    with open(path, "rb") as file:
        return file.read()


def words(element, path):
    return [(one.text or "").strip() for one in element.findall(path)]


def read_comps(texts, arch):
    """Groups and environments by id. What several repositories say of one is put together, as dnf does."""
    groups, environments = {}, {}
    for text in texts:
        root = xml.etree.ElementTree.fromstring(text)
        for element in root.findall("group"):
            group = groups.setdefault(element.findtext("id").strip(), {"names": set(), "packages": {}})
            group["names"].add((element.findtext("name") or "").strip())
            for one in element.findall("packagelist/packagereq"):
                if arch in one.get("arch", arch).replace(",", " ").split():
                    group["packages"][one.text.strip()] = (one.get("type", "mandatory"), one.get("requires", ""))
        for element in root.findall("environment"):
            place = environments.setdefault(element.findtext("id").strip(), {"names": set(), "groups": []})
            place["names"].add((element.findtext("name") or "").strip())
            place["groups"] += words(element, "grouplist/groupid")
            # Options are somebody's choice, but for those that are marked as chosen.
            place["groups"] += [
                one.text.strip() for one in element.findall("optionlist/groupid") if one.get("default") == "true"
            ]
    return groups, environments


def matching(table, pattern):
    """Ids of what is called so: by id, else by name, else by a pattern of either."""
    if pattern in table:
        return [pattern]
    named = [key for key, one in table.items() if pattern in one["names"]]
    return named or [
        key
        for key, one in table.items()
        if any(fnmatch.fnmatchcase(word, pattern) for word in [key, *one["names"]])
    ]


def expand(request, groups, environments):
    """
    The packages that the groups of a %packages section stand for: names, [name, whose presence asks for it] pairs, and what nobody
    has, in the words of a kickstart.
    """
    asked, missing = [], []
    dropped = {key for one in request["excludedGroups"] for key in matching(groups, one)}
    if request["core"]:
        asked.append({"name": "core", "optional": False, "nodefaults": False})
    for name in [request["environment"]] if request["environment"] else []:
        found = matching(environments, name)
        if not found:
            missing.append("@^" + name)
        for key in found:
            asked += [{"name": one, "optional": False, "nodefaults": False} for one in environments[key]["groups"]]
    asked += request["groups"]
    names, conditional = set(), set()
    for one in asked:
        found = matching(groups, one["name"])
        if not found:
            missing.append("@" + one["name"])
        kinds = {"mandatory"}
        if not one["nodefaults"]:
            kinds.add("default")
            if one["optional"]:
                kinds.add("optional")
        for key in found:
            if key in dropped:
                continue
            for package, (kind, needs) in groups[key]["packages"].items():
                if kind in kinds:
                    names.add(package)
                elif kind == "conditional" and not one["nodefaults"]:
                    conditional.add((package, needs))
    return sorted(names), sorted(conditional), missing
