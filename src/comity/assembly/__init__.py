"""Who decides, with what power: institutions as simple games, and what follows from them.

Belongs here: games made of legs and thresholds, indices of power, coalitions, a person's influence,
apportionment, draws by lot. Does not belong here: the texts of bodies (`language`, `agreement`), files
of weights (`world`), votes that were cast (`store`). All of it is formal power only: outside options
and dependence are in no index.
"""
