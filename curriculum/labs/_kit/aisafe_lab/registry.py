"""The checks and fixtures that a grader declares, in the order of its file."""


class Check:
    """One graded property of the learner's code."""

    def __init__(self, id, title, needs, uses, timeout, hint, body):
        self.id = id
        self.title = title
        self.needs = needs
        self.uses = uses
        self.timeout = timeout
        self.hint = hint
        self.body = body

    def describe(self):
        return {
            "id": self.id,
            "title": self.title,
            "needs": list(self.needs),
            "uses": list(self.uses),
            "timeout": self.timeout,
            "hint": self.hint,
        }


checks = {}
fixtures = {}


def check(id, title, *, needs=(), uses=(), timeout=5.0, hint=None):
    """Declares a check. The function below it takes the lab and returns nothing, or says what is wrong.

    id: kebab-case, unique in the lab. title: the property in one line, as the learner reads it.
    needs: ids of earlier checks; when one of them is not passed, this one is skipped.
    uses: names of the learner's functions that it exercises. timeout: seconds, at least three times the worst run.
    hint: a topic of lab.yaml's `hints`.
    """

    def declare(body):
        if id in checks:
            raise ValueError("two checks with the id %r" % id)
        for need in needs:
            if need not in checks:
                raise ValueError("the check %r needs %r, which is not declared before it" % (id, need))
        checks[id] = Check(id, title, tuple(needs), tuple(uses), float(timeout), hint, body)
        return body

    return declare


def fixture(name):
    """Declares something that several checks share: built when first asked for by `lab.get(name)`, once a run."""

    def declare(body):
        if name in fixtures:
            raise ValueError("two fixtures with the name %r" % name)
        fixtures[name] = body
        return body

    return declare
