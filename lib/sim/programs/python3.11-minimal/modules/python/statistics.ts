// statistics, in Python.

import { registerModule } from "../registry.ts";

registerModule("statistics", { source: String.raw`
import math as _math
class StatisticsError(ValueError): pass
def _data(data, least, message):
    data = list(data)
    if len(data) < least:
        raise StatisticsError(message)
    return data
def _plain(x):
    return int(x) if isinstance(x, float) and x.is_integer() else x
def mean(data):
    data = _data(data, 1, 'mean requires at least one data point')
    total = sum(data) if all(isinstance(x, int) for x in data) else _math.fsum(data)
    result = total / len(data)
    return int(result) if all(isinstance(x, int) for x in data) and total % len(data) == 0 else result
def fmean(data, weights=None): return _average(_data(data, 1, 'fmean requires at least one data point'), weights)
def _average(data, weights):
    if weights is None:
        return _math.fsum(data) / len(data)
    weights = [*weights]
    if len(weights) != len(data):
        raise StatisticsError('data and weights must be the same length')
    return _math.fsum(map(lambda x, w: x * w, data, weights)) / _math.fsum(weights)
def median(data):
    data = sorted(_data(data, 1, 'no median for empty data'))
    n = len(data)
    return data[n // 2] if n % 2 else (data[n // 2 - 1] + data[n // 2]) / 2
def median_low(data):
    data = sorted(_data(data, 1, 'no median for empty data'))
    return data[(len(data) - 1) // 2]
def median_high(data):
    data = sorted(_data(data, 1, 'no median for empty data'))
    return data[len(data) // 2]
def multimode(data):
    counts = {}
    for x in data:
        counts[x] = counts.get(x, 0) + 1
    most = max(counts.values(), default=0)
    return [x for x, n in counts.items() if n == most]
def mode(data):
    found = multimode(list(data))
    if not found:
        raise StatisticsError('no mode for empty data')
    return found[0]
def _squares(data, center=None):
    m = sum(data) / len(data) if center is None else center
    return _math.fsum((x - m) ** 2 for x in data)
def _spread(data, center, count):
    spread = _squares(data, center) / count
    return _plain(spread) if all(isinstance(x, int) for x in data) else spread
def variance(data, xbar=None): return (lambda data: _spread(data, xbar, len(data) - 1))(_data(data, 2, 'variance requires at least two data points'))
def pvariance(data, mu=None): return (lambda data: _spread(data, mu, len(data)))(_data(data, 1, 'pvariance requires at least one data point'))
def stdev(data, xbar=None):
    data = _data(data, 2, 'stdev requires at least two data points')
    return _math.sqrt(_squares(data, xbar) / (len(data) - 1))
def pstdev(data, mu=None):
    data = _data(data, 1, 'pstdev requires at least one data point')
    return _math.sqrt(_squares(data, mu) / len(data))
def harmonic_mean(data, weights=None):
    data = _data(data, 1, 'harmonic_mean requires at least one data point')
    return len(data) / sum(1 / x for x in data)
def geometric_mean(data): return _math.exp(fmean(map(_math.log, data)))
def quantiles(data, *, n=4, method='exclusive'):
    data = sorted(data)
    m = len(data) + 1 if method == 'exclusive' else len(data) - 1
    out = []
    for i in range(1, n):
        if method == 'exclusive':
            j = max(1, min(len(data) - 1, i * m // n))
            delta = i * m - j * n
            out.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
        else:
            j, delta = divmod(i * m, n)
            out.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
    return out
` });
