from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from support.pictures import folder_of

from streamscope_training.data.scan import scan
from streamscope_training.data.skips import Skip
from streamscope_training.errors import TrainingError


def touch(folder: Path, *names: str) -> Path:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
    return folder


def paths(*folders: Path, exclude: tuple[str, ...] = ()) -> list[str]:
    return [photo.path for photo in scan(folders, exclude).photos]


def test_images_are_found_by_suffix_in_any_case_and_sorted_by_path(tmp_path: Path) -> None:
    touch(tmp_path, "b/2.JPEG", "b/1.jpg", "a.PNG", "c/d/e.WebP", "z.bmp", "notes.txt", "b/list.csv", "jpg")
    assert paths(tmp_path) == ["a.PNG", "b/1.jpg", "b/2.JPEG", "c/d/e.WebP", "z.bmp"]


def test_a_photo_has_its_file_size_and_time(tmp_path: Path) -> None:
    folder_of(tmp_path, "x/a.png")
    (photo,) = scan([tmp_path]).photos
    status = (tmp_path / "x/a.png").stat()
    assert (photo.file, photo.size, photo.mtime_ns) == (
        str(tmp_path / "x/a.png"),
        status.st_size,
        status.st_mtime_ns,
    )


def test_the_order_does_not_depend_on_the_file_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, *(f"{folder}/{name}.jpg" for folder in "qpr" for name in "0a9"))
    os.symlink(tmp_path / "p", tmp_path / "again")
    expected = paths(tmp_path)
    scandir = os.scandir

    class Backwards:
        def __init__(self, folder: str) -> None:
            with scandir(folder) as listing:
                self._entries = sorted(listing, key=lambda entry: entry.name, reverse=True)

        def __enter__(self) -> Any:
            return iter(self._entries)

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Backwards)
    assert paths(tmp_path) == expected
    assert len(expected) == 9


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    touch(tmp_path, "a.jpg", ".b.jpg", "._a.jpg", ".thumbs/c.jpg")
    assert paths(tmp_path) == ["a.jpg"]


def test_links_are_followed_and_loops_end(tmp_path: Path) -> None:
    inside = touch(tmp_path / "photos", "a/1.jpg")
    touch(tmp_path / "elsewhere", "2.jpg", "deep/3.jpg")
    os.symlink(tmp_path / "elsewhere", inside / "b")
    os.symlink(inside, tmp_path / "elsewhere/up")
    os.symlink(inside, inside / "a/self")
    os.symlink(inside / "a/1.jpg", inside / "copy.jpg")
    assert paths(inside) == ["a/1.jpg", "b/2.jpg", "b/deep/3.jpg", "copy.jpg"]


def test_a_folder_keeps_its_own_path_before_a_links(tmp_path: Path) -> None:
    touch(tmp_path, "m/1.jpg")
    os.symlink(tmp_path / "m", tmp_path / "a")
    os.symlink(tmp_path / "m", tmp_path / "z")
    assert paths(tmp_path) == ["m/1.jpg"]


def test_several_folders_begin_with_their_names_and_count_once(tmp_path: Path) -> None:
    touch(tmp_path, "one/x/1.jpg", "two/x/2.jpg", "two/3.jpg")
    assert paths(tmp_path / "one", tmp_path / "two") == ["one/x/1.jpg", "two/3.jpg", "two/x/2.jpg"]
    assert paths(tmp_path / "one/x", tmp_path / "two/x") == ["x-2/2.jpg", "x/1.jpg"]
    assert paths(tmp_path / "two", tmp_path / "two/x") == ["two/3.jpg", "two/x/2.jpg"]
    assert paths(tmp_path / "two/x", tmp_path / "two") == ["two/3.jpg", "x/2.jpg"]


@pytest.mark.parametrize(
    ("exclude", "left"),
    [
        ("dev", ["dev.jpg", "train/1.jpg"]),
        ("dev/", ["dev.jpg", "train/1.jpg", "train/dev/3.jpg"]),
        ("train/dev", ["dev.jpg", "dev/2.jpg", "train/1.jpg"]),
        ("*.jpg", None),
        ("[0-2].jpg", ["dev.jpg", "train/dev/3.jpg"]),
        ("train/*", ["dev.jpg", "dev/2.jpg"]),
    ],
)
def test_what_is_excluded_is_not_there(tmp_path: Path, exclude: str, left: list[str] | None) -> None:
    touch(tmp_path, "train/1.jpg", "dev/2.jpg", "train/dev/3.jpg", "dev.jpg")
    if left is None:
        with pytest.raises(TrainingError, match="no photos"):
            scan([tmp_path], [exclude])
    else:
        assert paths(tmp_path, exclude=(exclude,)) == left


def test_a_folder_on_the_disk_can_be_excluded_and_no_link_brings_it_back(tmp_path: Path) -> None:
    touch(tmp_path, "photos/1.jpg", "photos/dev/2.jpg")
    os.symlink(tmp_path / "photos/dev", tmp_path / "photos/more")
    assert paths(tmp_path / "photos", exclude=(str(tmp_path / "photos/dev"),)) == ["1.jpg"]
    assert paths(tmp_path / "photos", exclude=("dev",)) == ["1.jpg"]


def test_an_exclude_that_matches_nothing_is_refused(tmp_path: Path) -> None:
    touch(tmp_path, "dev/1.jpg", "2.jpg")
    with pytest.raises(TrainingError, match="To exclude 'dve' changes nothing"):
        scan([tmp_path], ["dev", "dve"])


def test_what_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "a.jpg", "shut/b.jpg")
    os.symlink(tmp_path / "gone.jpg", tmp_path / "link.jpg")
    os.symlink(tmp_path / "round.jpg", tmp_path / "round.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    scandir = os.scandir

    def shut(folder: str) -> Any:
        if folder.endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", shut)
    found = scan([tmp_path])
    assert [photo.path for photo in found.photos] == ["a.jpg"]
    assert found.skipped == (
        Skip("link.jpg", "missing"),
        Skip("pipe.jpg", "broken"),
        Skip("round.jpg", "missing"),
        Skip("shut/", "unreadable"),
    )


def test_empty_missing_and_no_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"no photos \(\.bmp \.jpeg \.jpg \.png \.webp\) in '"):
        scan([tmp_path])
    os.symlink(tmp_path / "gone.jpg", tmp_path / "link.jpg")
    with pytest.raises(TrainingError, match=r"no photos .* Skipped 1 photo \(1 missing\): 'link.jpg'\.$"):
        scan([tmp_path])
    with pytest.raises(TrainingError, match="There is no folder '"):
        scan([tmp_path / "nowhere"])
    with pytest.raises(TrainingError, match="is not a folder"):
        scan([touch(tmp_path, "a.jpg") / "a.jpg"])
    with pytest.raises(TrainingError, match="at least one folder"):
        scan([])
