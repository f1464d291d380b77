"""Means and standard deviations of maps that come in parts."""

from __future__ import annotations

import torch
from torch import Tensor


class Spread:
    """Of maps (N, C, H, W), by channel. A part's own are of its type; parts are merged in float64, by the
    formula of Chan, Golub and LeVeque (1983)."""

    def __init__(self) -> None:
        self._count = 0
        self._mean = torch.zeros(0)
        self._squares = torch.zeros(0)

    def add(self, maps: Tensor) -> None:
        """Takes a part in."""
        across = (0, 2, 3)
        variance, mean = (values.double() for values in torch.var_mean(maps, across, correction=0))
        count = maps.numel() // maps.shape[1]
        if not self._count:
            self._mean, self._squares = torch.zeros_like(mean), torch.zeros_like(mean)
        both = self._count + count
        away = mean - self._mean
        self._squares += variance * count + away.square() * (self._count * count / both)
        self._mean += away * (count / both)
        self._count = both

    def mean(self) -> Tensor:
        """(C,), float32"""
        return self._mean.float()

    def std(self) -> Tensor:
        """(C,), float32; of two values or more."""
        return (self._squares / (self._count - 1)).sqrt().float()

    def mean_square(self) -> Tensor:
        """(C,), float32"""
        return (self._squares / self._count + self._mean.square()).float()
