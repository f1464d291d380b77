"""From an image file to RGB bytes, as FINN's evaluation and torchvision's ImageFolder do it."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from .skips import Reason

Bytes = NDArray[np.uint8]

SIDE = 256
"""Photos are scaled to this short side, and kept as squares of it."""

CROP = 224
"""The side of the network's input."""

GREY_TOLERANCE = 4
"""How far a pixel's channels may lie apart in a photo without colour.

A grey photo that is stored in colour has neutral chroma throughout, which lossy coding keeps exactly
however coarse it is: neutral is zero in its transform. Only the way back to RGB rounds, by 1. Photos
in colour of things that are grey (a puck on ice, steel on white) have a pixel with a distance of at
least 9 in the sixteen thousand photos this was set on, and none had its largest between 2 and 8.
"""

_GREY_MODES = frozenset({"1", "I", "L", "LA", "La"})

# What the scan's suffixes stand for, and what is often found under them. Others are refused: some of
# Pillow's decoders call other programs. JPEG takes cameras' MPO with it.
_FORMATS = ("BMP", "GIF", "JPEG", "PNG", "WEBP")


@dataclass(frozen=True)
class DecodeRules:
    """Which photos are left out.

    ``min_side`` and ``max_pixels`` are in pixels of the stored image; the latter also bounds the scaled
    one, which a strip one pixel high would make enormous.
    """

    min_side: int = 64
    max_pixels: int = 80_000_000
    grey: Literal["skip", "keep"] = "skip"


TRAINING_RULES = DecodeRules()
"""Grey and tiny photos teach the network little that it will meet."""

EVALUATION_RULES = DecodeRules(min_side=1, grey="keep")
"""Published figures count every photo of ImageNet's validation set, also its grey and tiny ones."""


class UnusablePhoto(Exception):
    """A photo that is to be left out, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def decode(file: str, rules: DecodeRules) -> Image.Image:
    """Decodes an image (its first frame) to RGB in its stored size.

    The EXIF orientation is not applied and transparency is dropped: the preprocessing behind the published
    figures does neither, and a figure is comparable only for the same pixels.

    Raises:
        UnusablePhoto: with the reason.
    """
    try:
        with Image.open(file, formats=_FORMATS) as image:
            _check_header(image, rules)
            rgb = _to_rgb(image)
        if rules.grey == "skip" and is_grey(rgb):
            raise UnusablePhoto("grey")
    except UnusablePhoto:
        raise
    except MemoryError:
        raise UnusablePhoto("too large for memory") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnusablePhoto("huge") from None
    except OSError as error:
        raise UnusablePhoto(_reason(error)) from error
    except Exception as error:
        # A decoder raises whatever its parser stumbles on.
        raise UnusablePhoto("broken") from error
    return rgb


def _check_header(image: Image.Image, rules: DecodeRules) -> None:
    width, height = image.size
    scaled_width, scaled_height = scaled_size(width, height)
    if max(width * height, scaled_width * scaled_height) > rules.max_pixels:
        raise UnusablePhoto("huge")
    if min(width, height) < rules.min_side:
        raise UnusablePhoto("tiny")
    if rules.grey == "skip" and (image.mode in _GREY_MODES or image.mode.startswith("I;16")):
        raise UnusablePhoto("grey")


def _reason(error: OSError) -> Reason:
    # Pillow's own errors have no number.
    if error.errno is None:
        return "broken"
    return "missing" if error.errno in (errno.ENOENT, errno.ENOTDIR) else "unreadable"


def _to_rgb(image: Image.Image) -> Image.Image:
    if image.mode == "I" or image.mode.startswith("I;16"):
        # 16-bit grey: Pillow's own conversion clips it to 255.
        wide = np.asarray(image).astype(np.int64)
        return Image.fromarray((wide >> 8).clip(0, 255).astype(np.uint8)).convert("RGB")
    if image.mode == "P" and "transparency" in image.info:
        # The same colours, without Pillow's warning.
        return image.convert("RGBA").convert("RGB")
    return image.convert("RGB")


def is_grey(rgb: Image.Image) -> bool:
    """Whether no pixel's channels lie further apart than ``GREY_TOLERANCE``."""
    red, green, blue = rgb.split()
    return all(
        _largest_difference(one, other) <= GREY_TOLERANCE
        for one, other in ((red, green), (green, blue), (blue, red))
    )


def _largest_difference(one: Image.Image, other: Image.Image) -> int:
    histogram = ImageChops.difference(one, other).histogram()
    return max(value for value, count in enumerate(histogram) if count)


def scaled_size(width: int, height: int) -> tuple[int, int]:
    """Width and height with the short side at ``SIDE``; the long one is rounded down, as torchvision does."""
    if width <= height:
        return SIDE, int(SIDE * height / width)
    return int(SIDE * width / height), SIDE


def square(image: Image.Image) -> Bytes:
    """Scales an RGB image to a short side of ``SIDE`` and cuts out the centre: (SIDE, SIDE, 3).

    Pillow's bilinear filter widens with the reduction, so that nothing aliases.
    """
    size = scaled_size(*image.size)
    scaled = image if image.size == size else image.resize(size, Image.Resampling.BILINEAR)
    return centre(np.asarray(scaled), SIDE)


def centre(image: Bytes, side: int) -> Bytes:
    """The centre of an (H, W, 3) image: (side, side, 3), from round((H - side) / 2), ties to even.

    ``centre(square(image), CROP)`` is what torchvision's Resize(256) and CenterCrop(224) give: on the way
    over the square both offsets lose exactly 16, an even number, so that ties go the same way.
    """
    height, width = image.shape[:2]
    top, left = round((height - side) / 2), round((width - side) / 2)
    return image[top : top + side, left : left + side]
