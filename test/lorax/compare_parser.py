"""Reads JSON lists of words, answers for each what lorax's own parser makes of them: its options, or null."""
import json
import sys

from pylorax.cmdline import lmc_parser


def parsed(words):
    try:
        return {k: v for k, v in vars(lmc_parser().parse_args(words)).items() if v not in (None, False, [], "", 0)}
    except SystemExit:
        return None


sys.stderr = open("/dev/null", "w")
print(json.dumps([parsed(words) for words in json.load(sys.stdin)]))
