"""Answers that end in every way an answer can."""


def right(x):
    print("this line belongs to the check “right”")
    return 2 * x


def wrong(x):
    return 3 * x


def raises(x):
    return 1 / x


def unwritten(x):
    raise NotImplementedError("unwritten")


def endless(x):
    while True:
        x = x + 1
