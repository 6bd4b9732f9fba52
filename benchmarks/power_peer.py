"""One index of a weighted game by a peer, in the peer's own environment; imports nothing of comity.

Usage: power_peer.py powerindex|power_bdd banzhaf|shapley < game.json. Prints the index as JSON.
"""

from __future__ import annotations

import importlib
import json
import sys


def main() -> None:
    """Read a game, print an index, normalised."""
    peer, index = sys.argv[1:]
    asked = json.load(sys.stdin)
    if peer == "powerindex":
        game = importlib.import_module("powerindex").Game(asked["needed"], weights=asked["weights"])
        if index == "banzhaf":
            game.calc_banzhaf()
            found = game.banzhaf
        else:
            game.calc_shapley_shubik()
            found = game.shapley_shubik
    else:
        bdd = importlib.import_module("power_bdd.bdd")
        game = bdd.BDD(bdd.WeightedGame(asked["needed"], asked["weights"]))
        found = game.calc_banzhaf() if index == "banzhaf" else game.calc_shapley()
    whole = sum(found)
    print(json.dumps([float(one / whole) for one in found]))


if __name__ == "__main__":
    main()
