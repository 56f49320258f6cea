"""A small boat race in which the score can be farmed. Yours to read and to play with; nothing to write here."""

import numpy as np

moves = ((-1, 0), (0, 1), (1, 0), (0, -1))
"""What the actions 0 to 3 do to (row, column): up, right, down, left. A move against the edge leaves the boat where it is."""


def boat_race(rng, rows=4, cols=6):
    """A grid whose last column holds the goal; arriving ends the race (the goal's cell is never left).

    Returns the env: "P" (S, A, S) transition probabilities (here 0 or 1), "true" and "proxy" (S, A, S) rewards, "gamma", "start",
    and for reading: "cells", the (row, column) of each state, "goal" and "arrow", two states. What is wanted: reach the goal
    (true, 10 on arrival). What is scored: 2 on arrival, and 1 whenever the boat enters the arrow's cell from the left; leaving that cell
    to the left takes 1 away, so that going back and forth does not pay.
    """
    cells = [(i, j) for i in range(rows) for j in range(cols)]
    number = {cell: s for s, cell in enumerate(cells)}
    goal = number[int(rng.integers(rows)), cols - 1]
    start = number[int(rng.integers(rows)), 0]
    arrow = number[int(rng.integers(1, rows - 1)), int(rng.integers(2, cols - 2))]
    S, A = len(cells), len(moves)
    P, true, proxy = np.zeros((S, A, S)), np.zeros((S, A, S)), np.zeros((S, A, S))
    for s, (i, j) in enumerate(cells):
        for a, (down, right) in enumerate(moves):
            to = number.get((i + down, j + right), s)
            if s == goal:
                to = s
            P[s, a, to] = 1
            if to == goal and s != goal:
                true[s, a, to] += 10
                proxy[s, a, to] += 2
            if to == arrow and s != arrow and moves[a] == (0, 1):
                proxy[s, a, to] += 1
            if s == arrow and moves[a] == (0, -1):
                proxy[s, a, to] -= 1
    return {
        "P": P,
        "true": true,
        "proxy": proxy,
        "gamma": 0.95,
        "start": start,
        "cells": cells,
        "goal": goal,
        "arrow": arrow,
    }
