"""Can a weak supervisor teach a stronger student? One possible solution."""

import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def train_logreg(X, y, l2=1e-3):
    A = np.column_stack([X, np.ones(len(X))])
    penalty = np.append(np.full(X.shape[1], l2), 0.0)
    theta = np.zeros(A.shape[1])
    for _ in range(15):
        p = sigmoid(A @ theta)
        gradient = A.T @ (p - y) / len(y) + penalty * theta
        hessian = (A.T * (p * (1 - p))) @ A / len(y) + np.diag(penalty)
        theta = theta - np.linalg.solve(hessian, gradient)
    return theta[:-1], float(theta[-1])


def weak_labels(w, b, X):
    return (X @ w + b > 0).astype(float)


def three_way_split(n, rng):
    order, third = rng.permutation(n), n // 3
    return order[:third], order[third : 2 * third], order[2 * third :]


def pgr(weak, student, ceiling):
    if ceiling <= weak:
        raise ValueError("there is no gap to recover")
    return (student - weak) / (ceiling - weak)


def run_experiment(X_weak, X_strong, y, split, l2=1e-3):
    teach, transfer, test = split
    weak = train_logreg(X_weak[teach], y[teach], l2)
    labels = weak_labels(*weak, X_weak[transfer])
    student = train_logreg(X_strong[transfer], labels, l2)
    ceiling = train_logreg(X_strong[transfer], y[transfer], l2)

    def accuracy(model, X):
        return float((weak_labels(*model, X[test]) == y[test]).mean())

    scores = {"weak": accuracy(weak, X_weak), "student": accuracy(student, X_strong), "ceiling": accuracy(ceiling, X_strong)}
    return dict(scores, pgr=pgr(**scores))


def imitation_test(student, weak, y):
    same, wrong = student == weak, weak != y

    def rate(where):
        return float(same[where].mean()) if where.any() else 0.0

    return rate(wrong), rate(~wrong)


def confidence_loss_grad(logits, weak, alpha):
    own = (logits > 0).astype(float)
    target = (1 - alpha) * weak + alpha * own
    loss = (np.logaddexp(0, logits) - target * logits).mean()
    return float(loss), (sigmoid(logits) - target) / len(logits)


def bootstrap_pgr(weak_correct, student_correct, ceiling_correct, reps, rng):
    n, values = len(weak_correct), []
    for _ in range(reps):
        i = rng.integers(0, n, n)
        values.append(pgr(weak_correct[i].mean(), student_correct[i].mean(), ceiling_correct[i].mean()))
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
