"""A multilayer perceptron: one possible solution."""

import numpy as np


def init_params(sizes, rng):
    params = []
    for layer, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:])):
        is_last = layer == len(sizes) - 2
        sd = 0.1 / np.sqrt(fan_in) if is_last else np.sqrt(2.0 / fan_in)
        params.append((sd * rng.normal(size=(fan_in, fan_out)), np.zeros(fan_out)))
    return params


def forward(params, x):
    inputs = []
    for W, b in params[:-1]:
        inputs.append(x)
        x = np.maximum(x @ W + b, 0.0)
    inputs.append(x)
    W, b = params[-1]
    return x @ W + b, inputs


def softmax_cross_entropy(logits, y):
    rows = np.arange(len(y))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dlogits = np.exp(log_p)
    dlogits[rows, y] -= 1.0
    return -log_p[rows, y].mean(), dlogits / len(y)


def backward(params, cache, dlogits):
    grads, d = [], dlogits
    for layer in reversed(range(len(params))):
        x = cache[layer]
        grads.append((x.T @ d, d.sum(axis=0)))
        if layer > 0:
            d = (d @ params[layer][0].T) * (x > 0)
    return grads[::-1]


def sgd_step(params, grads, lr):
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]


def accuracy(params, X, y):
    logits, _ = forward(params, X)
    return (logits.argmax(axis=1) == y).mean()


def train(params, X, y, lr, epochs, batch, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        seen = []
        for start in range(0, len(X), batch):
            rows = order[start : start + batch]
            logits, cache = forward(params, X[rows])
            loss, dlogits = softmax_cross_entropy(logits, y[rows])
            params = sgd_step(params, backward(params, cache, dlogits), lr)
            seen.append(loss)
        losses.append(np.mean(seen))
    return params, losses
