"""Benchmarks of the lessons: the compiled loop beside the same loop in plain Python."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.table import Measurement, Row, median_seconds
from core.datasets import Samples, noisy_line
from core.lines import gradient_descent, one_weight


def plain_python(samples: Samples, weight: float, learning_rate: float) -> float:
    """The loop of One weight as plain Python."""
    for x, y in zip(*samples, strict=True):
        error = y - weight * x
        gradient = -2 * error * x
        weight -= learning_rate * gradient
    return weight


def measurements(*, tiny: bool = False) -> Iterator[Measurement]:
    """Give the rows to measure; `tiny`: on so little that they only show that they can be."""
    for n_updates in (10,) if tiny else (100, 10_000, 1_000_000):
        name = f"One weight, {n_updates:,} updates"
        yield Measurement(name, partial(one_weight_rows, name, noisy_line(n_updates)))
    n_epochs = 10 if tiny else 10_000
    for shuffle, order in ((False, "in data order"), (True, "shuffled")):
        config = gradient_descent.Config(n_epochs=n_epochs, batch_size=1, shuffle=shuffle)
        samples = noisy_line(100)
        name = f"Gradient descent, {n_epochs * samples.x.size:,} single samples {order}"
        yield Measurement(name, partial(gradient_descent_rows, name, samples, config))


def one_weight_rows(name: str, samples: Samples) -> Iterator[Row]:
    """Measure One weight on `samples`: one update a sample."""
    x, y = samples
    config = one_weight.Config()
    one_weight.train([1.0], [1.0], config)  # compile
    band = -np.inf, np.inf  # never diverge
    loop = median_seconds(lambda: one_weight.learn(x, y, 0.5, 0.5, 10_000, *band), repeat=7)
    yield Row(f"{name}: the loop", loop)
    whole = median_seconds(lambda: one_weight.train(x, y, config), repeat=7)
    yield Row(f"{name}: with its history and losses", whole)
    plain = median_seconds(lambda: plain_python(samples, 0.5, 0.5), repeat=3)
    yield Row(f"{name}: plain Python", plain, f"{plain / loop:.0f} times as long as the loop")


def plain_descent(samples: Samples, config: gradient_descent.Config) -> float:
    """Gradient descent with single samples as plain Python, in the same orders."""
    x, y = samples.x.tolist(), samples.y.tolist()
    rng = np.random.default_rng(config.seed)
    order = list(range(len(x)))
    weight = config.start_weight
    for _ in range(config.n_epochs):
        if config.shuffle:
            order = rng.permutation(len(x)).tolist()
        for i in order:
            gradient = 2 * x[i] * x[i] * weight - 2 * x[i] * y[i]
            weight -= config.learning_rate * gradient
    return weight


def sgd_regressor(samples: Samples, config: gradient_descent.Config) -> float:
    """The same updates by scikit-learn, whose squared error carries a ½: so twice the rate."""
    from sklearn.linear_model import SGDRegressor  # type: ignore[import-untyped]

    model = SGDRegressor(
        penalty=None,
        fit_intercept=False,
        learning_rate="constant",
        eta0=2 * config.learning_rate,
        max_iter=config.n_epochs,
        tol=None,
        shuffle=config.shuffle,
        random_state=config.seed,
    )
    model.fit(samples.x[:, np.newaxis], samples.y, coef_init=[config.start_weight])
    return float(model.coef_[0])


def gradient_descent_rows(
    name: str, samples: Samples, config: gradient_descent.Config
) -> Iterator[Row]:
    """Measure single-sample updates of Gradient descent on `samples`.

    scikit-learn shuffles with a generator of its own: only in data order all end at one weight.
    """
    x, y = samples
    weight = gradient_descent.train(x, y, config).column("weight")[-1]  # compiles
    same = [plain_descent(samples, config)]
    if not config.shuffle:
        same.append(sgd_regressor(samples, config))
    if not np.allclose(same, weight, rtol=0, atol=1e-9):
        raise RuntimeError(f"Not the same job: {weight} and {same}.")
    whole = median_seconds(lambda: gradient_descent.train(x, y, config), repeat=7)
    yield Row(f"{name}: with its history and losses", whole)
    plain = median_seconds(lambda: plain_descent(samples, config), repeat=3)
    yield Row(f"{name}: plain Python", plain, f"{plain / whole:.0f} times as long")
    theirs = median_seconds(lambda: sgd_regressor(samples, config), repeat=3)
    yield Row(f"{name}: SGDRegressor", theirs, f"scikit-learn; {theirs / whole:.1f} times as long")
