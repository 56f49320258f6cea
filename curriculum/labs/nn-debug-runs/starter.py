"""Diagnosing training runs from their logs. README.md beside this file explains each step; write the functions in this order.

training_runs.py beside this file trains small networks with planted faults. Look at as many runs as you like:

    from training_runs import labels, changes, plan, train
    log = train(plan("vanishing", seed=5))

The form of a log is described there. The checks use other seeds than 0 ... 9999. None of the functions may change a log.
"""

import numpy as np


def initial_loss_ok(loss, classes, tol=0.3):
    """Is the loss before the first step that of a network which knows nothing yet?

    Such a network gives each of the C classes about the probability 1 / C, so its cross-entropy is about ln C.
    loss: float, in nats. classes: C. Returns True if loss differs from ln C by at most tol * ln C, in either direction;
    False otherwise, and for NaN or infinity. A plain bool.
    """
    raise NotImplementedError("initial_loss_ok")


def overfit_one_batch(train_fn):
    """Can the network learn a single batch by heart? If not, something is broken, and more data will not help.

    train_fn(steps): trains a fresh network on one fixed batch and returns the list of its losses, before the first step and
    after each one (steps + 1 numbers, possibly NaN). Call it once, with 200 steps.
    Returns True if the *last* loss is finite and below a tenth of the first. A plain bool.
    """
    raise NotImplementedError("overfit_one_batch")


def summarise(log):
    """The numbers of a log that a diagnosis rests on.

    Losses are divided by ln C, so that 1 means "knows nothing". They may hold NaN or infinity: "best" and "last" mean the
    smallest and the last *finite* one; infinity if there is none. Returns a dict:
        "finite"       bool: all training and validation losses are finite
        "start"        first training loss / ln C (infinity if it is not finite)
        "final_train"  last finite training loss / ln C
        "final_val"    last finite validation loss / ln C
        "best_val"     smallest finite validation loss / ln C
        "rise"         final_val - best_val (0 if they are infinite)
        "gap"          final_val - final_train (0 if either is infinite)
        "grad_ratio"   row 0: gradient norm of the first layer / that of the last layer (0 if the last is 0)
        "zero_grad"    row 0: fraction of layers whose gradient norm is exactly 0
        "update"       row 0: median of update_ratio over the layers
        "dead_most"    row 0: largest fraction of dead units in any hidden layer
        "dead_least"   row 0: smallest fraction of dead units in any hidden layer
    All but "finite" are floats. Row 0 of the last five is always finite.
    """
    raise NotImplementedError("summarise")


def diagnose(log):
    """What is wrong with a run: one of training_runs.labels, as a str.

        "healthy"          learns, and validates nearly as well as it trains
        "lr_high"          the learning rate is far too high
        "lr_low"           the learning rate is far too low
        "vanishing"        sigmoid layers; hardly any gradient arrives at the first ones
        "exploding"        starting weights several times too large
        "dead_relu"        from some layer on, (nearly) all ReLU units give 0 from the start
        "zero_init"        all weights start at 0
        "overfit"          about twenty training examples, many with wrong labels, learned by heart
        "shuffled_labels"  the training labels have nothing to do with the inputs

    At least 33 of 36 unseen runs must be right (four of each kind), at least two of each kind, and at most one healthy run may
    be called faulty. The unit of grad_norm is arbitrary: multiplying all of log["grad_norm"] by 1000 must not change the
    answer. Logs may have fewer rows (every second one only), and networks differ in width, depth and number of classes.
    """
    raise NotImplementedError("diagnose")


def recommend(label):
    """The one change to try first for each label: {"change": name}, with a name from training_runs.changes.

        "none"            leave the run as it is
        "lower_lr", "raise_lr"
        "fix_init"        draw the starting weights with He's variance, biases 0
        "fix_activation"  ReLU instead of sigmoid (with He's variance)
        "more_data"       ten times as many examples, with clean labels
        "check_labels"    bring inputs and labels together again

    The checks repeat a run of each of the eight faults with this change: at least seven must then end at a validation loss
    below 0.7 ln C. Any other label raises ValueError.
    """
    raise NotImplementedError("recommend")
